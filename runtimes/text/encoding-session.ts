import { Tensor } from 'onnxruntime-node'
import { BackboneError, type Pooling } from './backbone-folder.ts'
import { openNativeSession, type NativeSession } from '../native-session.ts'

/** An ONNX BERT that encodes windows of ids, including the special tokens, as vectors. */
export interface EncodingSession {
  /** Numbers per vector. */
  readonly dimension: number
  /** Returns one vector per window, each pooled part of it normalised to length 1. Blocks the event loop. */
  encode(windows: readonly Int32Array[]): Promise<Float32Array<ArrayBuffer>>
  close(): Promise<void>
}

/** Opens a backbone. Throws `BackboneError` for a file that is no BERT, or lacks an id of the vocabulary. */
export async function openEncodingSession(
  path: string,
  pooling: Pooling,
  vocabularySize: number,
): Promise<EncodingSession> {
  const backbone = await openBackbone(path, pooling)
  // Encoding the largest id shows whether weights and tokenizer match.
  const { size } = await hiddenStates(backbone, [Int32Array.of(vocabularySize - 1)]).catch((error: Error) => {
    throw new BackboneError(`${path} does not fit its tokenizer of ${vocabularySize} entries: ${error.message}`, {
      cause: error,
    })
  })
  const dimension = pooling === 'first-and-mean' ? 2 * size : size

  return {
    dimension,
    async encode(windows) {
      if (windows.length === 0) return new Float32Array(0)
      const hidden = await hiddenStates(backbone, windows)
      return pooling === 'probabilities' ? Float32Array.from(hidden.data) : pooled(windows, hidden, pooling, dimension)
    },
    close: backbone.session.release,
  }
}

interface Backbone {
  readonly path: string
  readonly session: NativeSession
  readonly output: string
  /** Whether the output has a vector per piece, rather than one per window. */
  readonly ofPieces: boolean
}

const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids']

async function openBackbone(path: string, pooling: Pooling): Promise<Backbone> {
  const session = await openNativeSession(path).catch((error: Error) => {
    throw new BackboneError(`${path} can't be opened as ONNX: ${error.message}`, { cause: error })
  })
  const { inputNames, outputNames } = session
  const output = pooling === 'probabilities' ? pooling : outputNames[0]!
  if (!outputNames.includes(output))
    throw new BackboneError(
      `${path} gives ${outputNames.join(', ')}, and no probabilities: it was not tuned with a head.`,
    )
  if (inputNames.some((name) => !INPUTS.includes(name)) || !inputNames.includes('input_ids'))
    throw new BackboneError(`${path} takes ${inputNames.join(', ')}: a BERT takes ${INPUTS.join(', ')}.`)
  return { path, session, output, ofPieces: pooling !== 'probabilities' }
}

/** Outputs of a backbone for windows padded to the same length. */
interface HiddenStates {
  readonly length: number
  readonly data: Float32Array
  /** Numbers per vector. */
  readonly size: number
}

async function hiddenStates(backbone: Backbone, windows: readonly Int32Array[]): Promise<HiddenStates> {
  const { path, session, output, ofPieces } = backbone
  const length = windows.reduce((longest, window) => Math.max(longest, window.length), 1)
  const shape = [windows.length, length]
  const { [output]: hidden } = await session.run(inputsOf(session, windows, shape), [output])
  const { dims, data, type } = hidden!
  const wanted = ofPieces ? shape : [windows.length]
  if (type !== 'float32' || dims.length !== wanted.length + 1 || wanted.some((size, place) => dims[place] !== size))
    throw new BackboneError(
      `${path} gives ${type} [${dims.join(', ')}] where float32 [${wanted.join(', ')}, any] is needed.`,
    )
  return { length, data: data as Float32Array, size: dims.at(-1)! }
}

function inputsOf(
  { inputNames }: NativeSession,
  windows: readonly Int32Array[],
  shape: readonly number[],
): Record<string, Tensor> {
  const length = shape[1]!
  const [ids, mask] = [new BigInt64Array(windows.length * length), new BigInt64Array(windows.length * length)]
  windows.forEach((window, row) =>
    window.forEach((id, place) => {
      ids[row * length + place] = BigInt(id)
      mask[row * length + place] = 1n
    }),
  )
  const inputs: Record<string, Tensor> = { input_ids: new Tensor('int64', ids, shape) }
  if (inputNames.includes('attention_mask')) inputs['attention_mask'] = new Tensor('int64', mask, shape)
  if (inputNames.includes('token_type_ids'))
    inputs['token_type_ids'] = new Tensor('int64', new BigInt64Array(ids.length), shape)
  return inputs
}

/** Returns one vector per window: that of its first token, the mean of its pieces, or both. */
function pooled(
  windows: readonly Int32Array[],
  { length, data, size }: HiddenStates,
  pooling: Pooling,
  dimension: number,
): Float32Array<ArrayBuffer> {
  const vectors = new Float32Array(windows.length * dimension)
  windows.forEach((window, row) => {
    const start = row * length * size
    let at = row * dimension
    if (pooling !== 'mean') {
      vectors.set(data.subarray(start, start + size), at)
      toUnitLength(vectors.subarray(at, at + size))
      at += size
    }
    if (pooling !== 'first') {
      const mean = vectors.subarray(at, at + size)
      for (let place = 0; place < window.length; place++)
        for (let i = 0; i < size; i++) mean[i]! += data[start + place * size + i]!
      toUnitLength(mean)
    }
  })
  return vectors
}

function toUnitLength(vector: Float32Array): void {
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares)
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length
}
