/** A stylesheet as text: the build minifies it and hands it to the bundle. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** A query as text. */
declare module "*.sql" {
  const text: string;
  export default text;
}
