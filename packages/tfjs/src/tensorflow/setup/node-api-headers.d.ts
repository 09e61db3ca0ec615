declare module "node-api-headers" {
  const headers: {
    /** Folder of node_api.h. */
    readonly include_dir: string;
  };
  export default headers;
}
