import { Tensor } from 'onnxruntime-node'
import { checkWidth } from '../models/check-dataset.ts'
import type { Batch } from '../models/model.ts'
import { inspectOnnx } from '../models/onnx/inspect-onnx.ts'
import { OnnxError } from '../models/onnx/onnx-error.ts'
import type { OnnxScores } from '../models/scoring-runtimes.ts'
import { inputOf, outputOf } from './onnx-surface.ts'
import { openNativeSession } from './native-session.ts'

/** A batch without its texts, which ONNX models do not read. */
export type OnnxBatch = Pick<Batch, 'count' | 'width' | 'rows'>

/** An ONNX model ready to score. */
export interface OnnxSession {
  /** Number of features per row; `undefined` if the model does not specify it. */
  readonly width: number | undefined
  /**
   * Writes the scores, one per row unless `columns` specifies otherwise. Blocks the event loop: for more than a few
   * rows use `startOnnxWorkers`.
   */
  score(batch: OnnxBatch, into: Float64Array): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a model. Throws `OnnxError` for bytes that are no ONNX model, and for a model that does not map rows of numbers
 * to scores.
 */
export async function openOnnxSession(bytes: Uint8Array, choice: OnnxScores = {}): Promise<OnnxSession> {
  const description = inspectOnnx(bytes)
  const input = inputOf(description)
  const output = outputOf(description, choice)
  const session = await openNativeSession(bytes).catch((error: Error) => {
    throw new OnnxError(`ONNX Runtime can't open the model: ${error.message}`, { cause: error })
  })

  return {
    width: input.width,
    async score(batch, into) {
      const { count, width } = batch
      checkSizes(batch, input.width, into, choice.columns ?? 1)
      if (count === 0) return
      const rows = batch.rows.subarray(0, count * width)
      const tensor =
        input.type === 'float64'
          ? new Tensor('float64', Float64Array.from(rows), [count, width])
          : new Tensor('float32', rows, [count, width])
      const { [output.name]: given } = await session.run({ [input.name]: tensor }, [output.name])
      takeScores(given!, count, choice, into)
    },
    close: session.release,
  }
}

function checkSizes(batch: OnnxBatch, width: number | undefined, into: Float64Array, columns: number): void {
  if (width !== undefined) checkWidth({ ...batch, texts: [] }, width)
  if (batch.rows.length < batch.count * batch.width || into.length < batch.count * columns)
    throw new Error(
      `${batch.count} rows of ${batch.width} numbers do not fit: there are ${batch.rows.length} numbers, and room for ${into.length} scores.`,
    )
}

function takeScores({ dims, data }: Tensor, count: number, { column, columns }: OnnxScores, into: Float64Array): void {
  const given = dims[1] ?? 1
  const numbers = data as Float32Array | Float64Array
  if (columns !== undefined) {
    if (dims[0] !== count || given !== columns)
      throw new OnnxError(
        `The model gives numbers of the shape [${dims.join(', ')}] for ${count} rows, and was to give ${columns} each.`,
      )
    into.set(numbers)
    return
  }
  const chosen = column ?? given - 1
  if (dims[0] !== count || !(chosen >= 0 && chosen < given))
    throw new OnnxError(
      `The model gives numbers of the shape [${dims.join(', ')}] for ${count} rows, and column ${chosen} of each was to be the score.`,
    )
  for (let row = 0; row < count; row++) into[row] = numbers[row * given + chosen]!
}
