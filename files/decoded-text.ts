import { markedEncoding } from './encodings.ts'
import { FileError } from './file-error.ts'
import { findEncoding, type EncodingOptions } from './find-encoding.ts'
import { openBytes } from './open-bytes.ts'

type Decoder = InstanceType<typeof TextDecoder>

/**
 * Yields the text of a file in pieces, without its byte order mark. Throws `FileError` for bytes that can't be decoded.
 */
export async function* decodedText(file: string, options: EncodingOptions = {}): AsyncGenerator<string> {
  const encoding = await findEncoding(file, options)
  let decoder: Decoder | undefined
  let lines = 1
  for await (const bytes of openBytes(file)) {
    // A byte order mark overrides the given encoding.
    decoder ??= new TextDecoder(markedEncoding(bytes) ?? encoding, { fatal: true })
    const text = decode(decoder, bytes, file, lines)
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
    yield text
  }
  const last = decoder === undefined ? '' : decode(decoder, undefined, file, lines)
  if (last !== '') yield last
}

function decode(decoder: Decoder, bytes: Buffer | undefined, file: string, lines: number): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch (error) {
    throw new FileError(`${placeIn(file, decoder.encoding, bytes, lines)} is not ${decoder.encoding}.`, {
      cause: error,
    })
  }
}

/** Returns the place of the first byte of a piece that can't be decoded. */
function placeIn(file: string, encoding: string, bytes: Buffer | undefined, lines: number): string {
  if (bytes === undefined || encoding.startsWith('utf-16')) return `${file} from line ${lines} on`
  let line = lines
  // Starts at the second line: the first may have begun in the previous piece, whose bytes are gone.
  for (let from = bytes.indexOf(10) + 1; from < bytes.length; line++) {
    const end = bytes.indexOf(10, from)
    const one = bytes.subarray(from, end === -1 ? bytes.length : end)
    const at = firstUndecoded(one, encoding)
    if (at !== undefined) return `${file}:${line + 1}: byte ${at + 1} (0x${one[at]!.toString(16)})`
    from = end === -1 ? bytes.length : end + 1
  }
  return `${file}:${lines}`
}

function firstUndecoded(line: Uint8Array, encoding: string): number | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for (let place = 0; place < line.length; place++)
    try {
      decoder.decode(line.subarray(place, place + 1), { stream: true })
    } catch {
      return place
    }
  return undefined
}
