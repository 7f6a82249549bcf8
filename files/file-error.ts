/** Thrown for a file that can't be read or written, with the place and the reason. */
export class FileError extends Error {
  override readonly name = 'FileError'
}
