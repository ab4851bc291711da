#!/usr/bin/env bash
# deploy.sh STACK SITE [sam deploy's options...]
# builds and deploys template.yaml with the SAM CLI, then puts the site into the stack's bucket with the AWS CLI
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

stack=$1 site=$2
shift 2
for tool in sam aws; do
	command -v $tool >/dev/null || { echo "deploy.sh: $tool is not installed (docs/deploy-aws.md)" >&2; exit 1; }
done

sam build --template-file template.yaml
sam deploy --stack-name "$stack" --capabilities CAPABILITY_IAM --resolve-s3 --no-fail-on-empty-changeset "$@"

output() {
	aws cloudformation describe-stacks --stack-name "$stack" --output text \
		--query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}
bucket=$(output SiteBucketName)
aws s3 sync "$site" "s3://$bucket" --delete --cache-control 'public, max-age=0, must-revalidate' \
	--exclude '*.br' --exclude '*.gz' --exclude _headers --exclude .assetsignore
go run ./functions/lambda/caching "$site" | while IFS=$'\t' read -r file caching; do
	case $file in *.br | *.gz) continue ;; esac
	aws s3 cp "$site/$file" "s3://$bucket/$file" --cache-control "$caching"
done
aws cloudfront create-invalidation --distribution-id "$(output DistributionId)" --paths '/*' >/dev/null
echo "Hourglass is at $(output Address)"
