/** Thrown for an extension that can't be used: names the file, what is wrong, and what to do. */
export class ExtensionError extends Error {
  override readonly name = 'ExtensionError'

  constructor(file: string, fault: string, options?: ErrorOptions) {
    super(`The extension ${file} is refused: ${fault}`, options)
  }
}
