import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, type InputType, type ZlibOptions } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { JsonError, parseJson } from '../../schemas/json/strict-json.ts'
import { ProblemError } from './problem.ts'

type Decompress = (bytes: InputType, options: ZlibOptions) => Promise<Buffer>
const decompressions: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip) as Decompress,
  'x-gzip': promisify(gunzip) as Decompress,
  deflate: promisify(inflate) as Decompress,
  br: promisify(brotliDecompress) as Decompress,
}

/**
 * Parses the body of every JSON content type, for all routes: I-JSON (RFC 7493) in UTF-8, compressed or not. Rejects
 * with a problem.
 */
export async function readBody(request: FastifyRequest, bytes: Buffer): Promise<unknown> {
  refuseOtherCharset(request.headers['content-type'])
  const json = await decompressed(request, bytes)
  if (json.length === 0) {
    // Many clients send a content type with every request, even without a body.
    if (request.method === 'DELETE') return undefined
    throw new ProblemError('invalid-request', 'The body is empty.')
  }
  if (!isUtf8(json)) throw new ProblemError('invalid-request', `The body is not UTF-8: ${placeOfOtherBytes(json)}.`)
  try {
    return parseJson(json.toString())
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    if (error.path === '') throw new ProblemError('invalid-request', `The body is not valid JSON: ${error.message}`)
    const part = { part: 'body', path: error.path, problem: error.message }
    throw new ProblemError('invalid-request', `The body is not valid JSON at ${error.path}: ${error.message}`, [part])
  }
}

function refuseOtherCharset(contentType = ''): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1]
  if (charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset)) return
  throw new ProblemError('unsupported-type', `The body's charset is ${charset}; JSON is UTF-8 (RFC 8259).`)
}

/** Decompresses the body, up to the route's size limit. */
async function decompressed(request: FastifyRequest, bytes: Buffer): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return bytes
  const decompress = Object.hasOwn(decompressions, encoding) ? decompressions[encoding] : undefined
  if (decompress === undefined) {
    const known = Object.keys(decompressions).join(', ')
    throw new ProblemError(
      'unsupported-type',
      `The content encoding ${encoding} is not supported; use ${known} or none.`,
    )
  }
  const { bodyLimit } = request.routeOptions
  try {
    return await decompress(bytes, { maxOutputLength: bodyLimit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new ProblemError('too-large', `The body has more than ${bodyLimit} bytes after decompression.`)
    throw new ProblemError(
      'invalid-request',
      `The body can’t be decompressed with its content encoding ${encoding}: ${(error as Error).message}.`,
    )
  }
}

/**
 * Locates the first bytes that are not UTF-8: the first replacement character in the decoded text that the bytes
 * themselves do not contain.
 */
function placeOfOtherBytes(bytes: Buffer): string {
  const start = bytes.subarray(0, 2).toString('hex')
  if (start === 'fffe' || start === 'feff') return 'it begins with the byte order mark of UTF-16'
  const text = bytes.toString()
  let at = 0
  for (let from = 0; ; from++) {
    const found = text.indexOf('\ufffd', from)
    at += Buffer.byteLength(text.slice(from, found))
    // A replacement character that the client sent is encoded as these three bytes.
    if (bytes.subarray(at, at + 3).toString('hex') !== 'efbfbd')
      return `byte ${at} is 0x${bytes[at]!.toString(16).padStart(2, '0')}`
    at += 3
    from = found
  }
}
