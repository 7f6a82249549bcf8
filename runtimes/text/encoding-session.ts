import { InferenceSession, Tensor } from 'onnxruntime-node'
import { BackboneError, type Pooling } from './backbone-folder.ts'
import { SESSION_OPTIONS } from '../session-options.ts'

/** An ONNX BERT that turns windows of ids, marks and all, into vectors. */
export interface EncodingSession {
  /** Numbers a vector. */
  readonly dimension: number
  /** One vector a window, each part of it of length 1. Blocks the event loop. */
  encode(windows: readonly Int32Array[]): Promise<Float32Array<ArrayBuffer>>
  close(): Promise<void>
}

/** Throws `BackboneError` for a file that is no BERT, or does not know every id of the vocabulary. */
export async function openEncodingSession(
  path: string,
  pooling: Pooling,
  vocabularySize: number,
): Promise<EncodingSession> {
  const session = await InferenceSession.create(path, SESSION_OPTIONS).catch((error: Error) => {
    throw new BackboneError(`${path} can't be opened as ONNX: ${error.message}`, { cause: error })
  })
  const output = pooling === 'probabilities' ? pooling : session.outputNames[0]!
  if (!session.outputNames.includes(output))
    throw new BackboneError(
      `${path} gives ${session.outputNames.join(', ')}, and no probabilities: it was not tuned with a head.`,
    )
  const ofPieces = pooling !== 'probabilities'
  const inputs = ['input_ids', 'attention_mask', 'token_type_ids']
  const strange = session.inputNames.filter((name) => !inputs.includes(name))
  if (strange.length > 0 || !session.inputNames.includes('input_ids'))
    throw new BackboneError(`${path} takes ${session.inputNames.join(', ')}: a BERT takes ${inputs.join(', ')}.`)

  async function hidden(
    windows: readonly Int32Array[],
  ): Promise<{ readonly length: number; readonly data: Float32Array; readonly size: number }> {
    const length = windows.reduce((longest, window) => Math.max(longest, window.length), 1)
    const shape = [windows.length, length]
    const [ids, mask] = [new BigInt64Array(windows.length * length), new BigInt64Array(windows.length * length)]
    windows.forEach((window, row) =>
      window.forEach((id, place) => {
        ids[row * length + place] = BigInt(id)
        mask[row * length + place] = 1n
      }),
    )
    const given: Record<string, Tensor> = { input_ids: new Tensor('int64', ids, shape) }
    if (session.inputNames.includes('attention_mask')) given['attention_mask'] = new Tensor('int64', mask, shape)
    if (session.inputNames.includes('token_type_ids'))
      given['token_type_ids'] = new Tensor('int64', new BigInt64Array(ids.length), shape)
    const { [output]: hiddenStates } = await session.run(given, [output])
    const { dims, data, type } = hiddenStates!
    const wanted = ofPieces ? shape : [windows.length]
    if (type !== 'float32' || dims.length !== wanted.length + 1 || wanted.some((size, place) => dims[place] !== size))
      throw new BackboneError(
        `${path} gives ${type} [${dims.join(', ')}] where float32 [${wanted.join(', ')}, any] is needed.`,
      )
    return { length, data: data as Float32Array, size: dims.at(-1)! }
  }

  // The largest id shows whether weights and tokenizer match.
  const { size } = await hidden([Int32Array.of(vocabularySize - 1)]).catch((error: Error) => {
    throw new BackboneError(`${path} does not fit its tokenizer of ${vocabularySize} entries: ${error.message}`, {
      cause: error,
    })
  })
  const parts = pooling === 'first-and-mean' ? 2 : 1

  return {
    dimension: size * parts,
    async encode(windows) {
      const vectors = new Float32Array(windows.length * size * parts)
      if (windows.length === 0) return vectors
      const { length, data } = await hidden(windows)
      if (!ofPieces) return Float32Array.from(data)
      windows.forEach((window, row) => {
        const start = row * length * size
        let at = row * size * parts
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
    },
    close: () => session.release(),
  }
}

function toUnitLength(vector: Float32Array): void {
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares)
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length
}
