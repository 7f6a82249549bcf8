import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { wordPieceTokenizer, type WordPieceTokenizer } from '../../models/text/wordpiece.ts'

/**
 * How the vectors of a window's pieces are pooled: the vector of the first token, the mean, or both concatenated; for a
 * backbone tuned with a head, the class probabilities of the head.
 */
export type Pooling = 'first' | 'mean' | 'first-and-mean' | 'probabilities'

export type Precision = 'float32' | 'int8'

/** Thrown for a folder without a usable backbone; names the file and the reason. */
export class BackboneError extends Error {
  override readonly name = 'BackboneError'
}

/** Contents of backbone.json; a folder without it holds a user's own backbone. */
interface Description {
  readonly name?: string
  readonly pooling?: Pooling
  /** Maximum pieces per window, including the special tokens at its beginning and end. */
  readonly tokensMax?: number
  readonly lowercaseFirst?: boolean
  readonly sha256?: Readonly<Record<string, string>>
}

export interface Backbone {
  /** Digest of weights, tokenizer, precision and pooling. */
  readonly id: string
  readonly weights: string
  readonly tokenizer: WordPieceTokenizer
  readonly tokensMax: number
  readonly pooling: Pooling
}

const TOKENS_MAX = 512
const WEIGHTS: Readonly<Record<Precision, string>> = { float32: 'model.onnx', int8: 'model-int8.onnx' }

/** Reads and checks a folder with the ONNX weights of a BERT and its tokenizer.json. Throws `BackboneError`. */
export function readBackbone(folder: string, precision: Precision, pooling: Pooling | undefined): Backbone {
  if (!existsSync(folder))
    throw new BackboneError(`There is no folder ${folder}: it must hold ${WEIGHTS.float32} and tokenizer.json.`)
  const about = existsSync(join(folder, 'backbone.json')) ? (json(folder, 'backbone.json') as Description) : {}
  const weights = join(folder, WEIGHTS[precision])
  if (!existsSync(weights)) throw new BackboneError(`${folder} has no ${WEIGHTS[precision]}, which ${precision} needs.`)
  const sums = [WEIGHTS[precision], 'tokenizer.json'].map((name) => checkedSum(folder, name, about.sha256?.[name]))
  const lowercaseFirst = about.lowercaseFirst ?? false
  const pooled = pooling ?? about.pooling ?? 'first'
  return {
    id: createHash('sha256')
      .update([...sums, precision, pooled, String(lowercaseFirst)].join('\n'))
      .digest('hex'),
    weights,
    tokenizer: tokenizerOf(folder, lowercaseFirst),
    tokensMax: about.tokensMax ?? TOKENS_MAX,
    pooling: pooled,
  }
}

function tokenizerOf(folder: string, lowercaseFirst: boolean): WordPieceTokenizer {
  const file = json(folder, 'tokenizer.json')
  try {
    return wordPieceTokenizer(file, { lowercaseFirst })
  } catch (error) {
    throw new BackboneError(`${join(folder, 'tokenizer.json')}: ${(error as Error).message}`, { cause: error })
  }
}

function checkedSum(folder: string, name: string, wanted: string | undefined): string {
  const path = join(folder, name)
  const sum = createHash('sha256').update(read(path)).digest('hex')
  if (wanted !== undefined && sum !== wanted)
    throw new BackboneError(
      `${path} was cut short, damaged or exchanged: its SHA-256 is ${sum}, and backbone.json says ${wanted}.`,
    )
  return sum
}

function json(folder: string, name: string): unknown {
  const path = join(folder, name)
  const text = read(path).toString('utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BackboneError(`${path} is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new BackboneError(`${path} can't be read: ${(error as Error).message}`, { cause: error })
  }
}
