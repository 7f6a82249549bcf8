/** A file that can't be read, with the place and the reason. */
export class FileError extends Error {
  override readonly name = 'FileError'
}
