import { OnnxError } from '../models/onnx/onnx-error.ts'
import type { OnnxDescription, OnnxValue } from '../models/onnx/inspect-onnx.ts'
import type { OnnxScores } from '../models/scoring-runtimes.ts'

const FLOATS = ['float32', 'float64']

/**
 * Returns the model's single input, which takes rows of numbers. Throws `OnnxError` for a model with any other inputs.
 */
export function inputOf({ inputs }: OnnxDescription): OnnxValue & { readonly width: number | undefined } {
  const [input] = inputs
  if (input === undefined || inputs.length > 1)
    throw new OnnxError(
      `The model takes ${inputs.length} inputs${inputs.length === 0 ? '' : ` (${listed(inputs)})`}: it must take one, of rows of numbers.`,
    )
  if (!FLOATS.includes(input.type) || (input.shape !== null && input.shape.length !== 2))
    throw new OnnxError(
      `The model takes ${listed([input])}: it must take rows of numbers, float32 or float64 [N, width].`,
    )
  const width = input.shape?.[1]
  return { ...input, width: typeof width === 'number' ? width : undefined }
}

/** Returns the output that holds the scores. Throws `OnnxError` if there is none, or several to choose from. */
export function outputOf({ outputs }: OnnxDescription, { output }: OnnxScores): OnnxValue {
  const candidates = outputs.filter(({ type, shape }) => FLOATS.includes(type) && (shape === null || shape.length <= 2))
  if (output !== undefined) {
    const chosen = candidates.find(({ name }) => name === output)
    if (chosen === undefined)
      throw new OnnxError(`The model gives no numbers as "${output}": it gives ${listed(outputs)}.`)
    return chosen
  }
  const score = candidates.find(({ name }) => name === 'score') ?? (candidates.length === 1 ? candidates[0] : undefined)
  if (score !== undefined) return score
  throw new OnnxError(
    candidates.length === 0
      ? `The model gives ${listed(outputs)}: one must be float32 or float64, [N] or [N, columns]. Probabilities as a list of maps have to be switched off where the model is written (zipmap).`
      : `The model gives several outputs of numbers, ${listed(candidates)}: say which is the score.`,
  )
}

function listed(values: readonly OnnxValue[]): string {
  return values
    .map(({ name, type, shape }) => `"${name}" ${type}${shape === null ? '' : ` [${shape.join(', ')}]`}`)
    .join(', ')
}
