/** `@` a location, `%` a resource key, `$` a variable, `#{` a binding, `\` the escape itself. */
const PREFIX = /^(?:[@%$\\]|#\{)/;

/**
 * FXMLLoader reads the first character of an attribute value as an operator; a backslash takes that meaning away.
 * XML escaping is the writer's own work and comes after this.
 */
export function escapeFxml(value: string): string {
  return PREFIX.test(value) ? `\\${value}` : value;
}
