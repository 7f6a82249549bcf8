/** Stands in place of a secret. */
export const HIDDEN = '***'
/** Matches the password in an address such as `postgres://user:password@host`. */
const CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"]*:)[^\s/?#"]*@/gi

/** Returns the text without the passwords of the addresses in it. */
export function hidePasswords(text: string): string {
  return text.replaceAll(CREDENTIALS, `$1${HIDDEN}@`)
}
