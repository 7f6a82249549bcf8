import { FileError } from './file-error.ts'

const named = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252']

/** Returns the name of an encoding in the Encoding Standard, so that labels such as `gbk` and `latin1` work too. */
export function encodingNamed(label: string): string {
  try {
    // gb18030 is a superset of GBK.
    return new TextDecoder(label.toLowerCase() === 'gbk' ? 'gb18030' : label).encoding
  } catch (error) {
    throw new FileError(`There is no encoding ${label}. There are, among others: ${named.join(', ')}.`, {
      cause: error,
    })
  }
}

/** Returns the encoding of the byte order mark at the beginning of a file. */
export function markedEncoding(head: Uint8Array): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined
}

/** Detects UTF-16 without a byte order mark: in mostly ASCII text, every other byte is 0. */
export function zeroedEncoding(head: Uint8Array): string | undefined {
  const zeros = [0, 0]
  head.forEach((byte, place) => {
    if (byte === 0) zeros[place % 2]!++
  })
  const most = 0.25 * head.length
  if (zeros[1]! > most && zeros[0]! < zeros[1]! / 4) return 'utf-16le'
  return zeros[0]! > most && zeros[1]! < zeros[0]! / 4 ? 'utf-16be' : undefined
}

/**
 * Guesses the encoding of text that is not UTF-8 from its bytes above 127: pairs are Chinese, long runs Cyrillic,
 * single bytes accented letters. `undefined` if much of it is UTF-8, which is then damaged or mixed, or if nothing fits.
 */
export function guessEncoding(sample: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8').decode(sample)
  const wrong = text.split('\ufffd').length - 1

  const right = text.replaceAll(/[\x00-\x7f\ufffd]/g, '').length
  if (right > 2 * wrong) return undefined
  const runs = runsOf(sample)
  const bytes = runs.reduce((sum, run) => sum + run.length, 0)
  const evenRuns = runs.filter(({ length }) => length % 2 === 0).length
  if (evenRuns > 0.9 * runs.length && decodes(sample, 'gb18030')) return 'gb18030'
  const cyrillic = runs.reduce((sum, run) => sum + run.filter((byte) => byte >= 0xc0 || byte === 0xb8).length, 0)
  // Text of one byte a letter is hardly ever valid UTF-8: the file was joined of two, and either would garble a part.
  if (4 * right > wrong) return undefined
  if (cyrillic > 0.9 * bytes && bytes > 2.5 * runs.length) return 'windows-1251'
  return bytes < 2 * runs.length ? 'windows-1252' : undefined
}

function runsOf(sample: Uint8Array): Uint8Array[] {
  const runs: Uint8Array[] = []
  let from = -1
  for (let place = 0; place <= sample.length; place++) {
    const isHigh = place < sample.length && sample[place]! > 0x7f
    if (isHigh && from === -1) from = place
    if (!isHigh && from !== -1) {
      runs.push(sample.subarray(from, place))
      from = -1
    }
  }
  return runs
}

function decodes(sample: Uint8Array, encoding: string): boolean {
  try {
    // The sample may end within a character.
    new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true })
    return true
  } catch {
    return false
  }
}
