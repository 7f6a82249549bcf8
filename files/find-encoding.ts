import { isUtf8 } from 'node:buffer'
import { encodingNamed, guessEncoding, markedEncoding, zeroedEncoding } from './encodings.ts'
import { FileError } from './file-error.ts'
import { openBytes } from './open-bytes.ts'

export interface EncodingOptions {
  /** Default: UTF-8, unless the bytes show another encoding. */
  readonly encoding?: string | undefined
  /** Called with the guessed encoding. Without it, nothing is guessed, and anything but UTF-8 is rejected. */
  readonly onWarning?: ((message: string) => void) | undefined
}

/** Bytes checked for zeros (UTF-16). */
const HEAD_BYTES = 4096
const SAMPLE_BYTES = 1 << 20

/**
 * Determines the encoding of a file: as given, by its byte order mark, UTF-8 if all of it is valid, else a guess that
 * is reported to `say`. Throws `FileError` with file, line and byte if nothing fits.
 */
export async function findEncoding(file: string, { encoding, onWarning: say }: EncodingOptions): Promise<string> {
  if (encoding !== undefined) return encodingNamed(encoding)
  const scan = createUtf8Scan()
  let isFirst = true
  for await (const bytes of openBytes(file)) {
    if (isFirst) {
      const head = bytes.subarray(0, HEAD_BYTES)
      const marked = markedEncoding(head)
      if (marked !== undefined && marked !== 'utf-8') return marked
      const zeroed = zeroedEncoding(head)
      if (zeroed !== undefined) return guessed(file, zeroed, 'every other byte is 0', say)
      isFirst = false
    }
    if (scan.add(bytes)) continue
    const { line, byte, value } = scan.wrong()
    const where = `${file}:${line}: byte ${byte} (0x${value.toString(16)}) is not UTF-8`
    const found = guessEncoding(await sampleOf(file, scan.bytesBefore()))
    if (found === undefined)
      throw new FileError(`${where}, and nothing else fits: the file is damaged, or say --encoding.`)
    return guessed(file, found, where, say)
  }
  if (scan.isWhole()) return 'utf-8'
  throw new FileError(`${file} ends within a letter of UTF-8: it is cut off, or say --encoding.`)
}

function guessed(file: string, encoding: string, why: string, onWarning: EncodingOptions['onWarning']): string {
  if (onWarning === undefined) throw new FileError(`${why}: ${file} seems to be in ${encoding}, and must be in UTF-8.`)
  onWarning(`${why}: ${file} is read as ${encoding}, which is a guess; --encoding says otherwise.`)
  return encoding
}

/** Reads a sample of the file from about half a sample before a place. */
async function sampleOf(file: string, place: number): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  let [passed, length] = [0, 0]
  for await (const bytes of openBytes(file)) {
    passed += bytes.length
    if (passed < place - SAMPLE_BYTES / 2) continue
    pieces.push(bytes)
    length += bytes.length
    if (length >= SAMPLE_BYTES) break
  }
  return Buffer.concat(pieces)
}

/** Checks UTF-8 piece by piece and finds the first invalid byte. */
function createUtf8Scan() {
  let rest: Buffer = Buffer.alloc(0)
  let [line, before] = [1, 0]
  let lineStart = 0
  let wrong = { line: 0, byte: 0, value: 0 }

  function pass(bytes: Buffer): void {
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
      line++
      lineStart = before + at + 1
    }
    before += bytes.length
  }

  return {
    /** Returns false if the bytes are invalid. */
    add(bytes: Buffer): boolean {
      const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
      const whole = completeLength(all)
      if (!isUtf8(all.subarray(0, whole))) {
        const at = firstInvalid(all)
        pass(all.subarray(0, at))
        wrong = { line, byte: before - lineStart + 1, value: all[at]! }
        return false
      }
      pass(all.subarray(0, whole))
      rest = Buffer.from(all.subarray(whole))
      return true
    },
    /** Line number, position within the line from 1, and value of the invalid byte. */
    wrong: () => wrong,
    bytesBefore: () => before,
    isWhole: () => rest.length === 0,
  }
}

/** Returns the length without a character that continues in the next piece. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0
    if (length > 0) return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** Returns the position of the first invalid byte by binary search. */
function firstInvalid(bytes: Buffer): number {
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    const cut = completeLength(bytes.subarray(0, middle))
    if (isUtf8(bytes.subarray(0, cut))) good = middle
    else bad = middle
  }
  // The invalid character may have begun earlier.
  return completeLength(bytes.subarray(0, good))
}
