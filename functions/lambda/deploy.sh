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
# All files of one kind at once, in the order in which the kinds come first: pages are the last of them.
go run ./functions/lambda/objects "$site" | awk -F '\t' '
	{ kind = $2 "\t" $3; if (!(kind in files)) order[++kinds] = kind; files[kind] = files[kind] "\t" $1 }
	END { for (i = 1; i <= kinds; i++) print order[i] files[order[i]] }' |
	while IFS=$'\t' read -r -a kind; do
		only=(--exclude '*')
		for file in "${kind[@]:2}"; do only+=(--include "$file"); done
		aws s3 cp "$site" "s3://$bucket" --recursive --cache-control "${kind[0]}" --content-type "${kind[1]}" "${only[@]}" </dev/null
	done
# Nothing is left to upload: what the new site no longer has goes.
aws s3 sync "$site" "s3://$bucket" --delete --size-only --exclude '*.br' --exclude '*.gz' --exclude _headers --exclude .assetsignore
aws cloudfront create-invalidation --distribution-id "$(output DistributionId)" --paths '/*' >/dev/null
echo "Hourglass is at $(output Address)"
