/**
 * The folder of the sources a built module was made from: what is not compiled (Python, data) lies there, not in dist/.
 * @param url `import.meta.url` of the module
 */
export function sourceFolder(url: string): URL {
  return new URL(url.replace(/\/dist(-\d+)?(\/bench\/)/, "$2").replace(/[^/]*$/, ""));
}
