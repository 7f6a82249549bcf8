import { createAdam } from '../../models/deep/adam.ts'
import { HEAD, type BertBlocks, type Tuned } from './bert-blocks.ts'
import { createRowAdam } from './row-adam.ts'

/** Accumulates the gradients of several batches and takes a step with their mean. */
export interface BertSteps {
  /**
   * Adds the gradients of a batch. `gradientAt`: the gradient of a block by its index, those of the layers first and
   * then those of the head, each read only when it is added. `words`: the gradients of the word embeddings, if they are
   * tuned.
   */
  gather(gradientAt: (place: number) => Float32Array, words: WordGradients | undefined): void
  /** Updates the blocks by a step of Adam at these rates. */
  apply(rate: number, headRate: number): void
}

export interface WordGradients {
  readonly ids: Int32Array
  readonly gradients: Float32Array
}

export function createBertSteps(blocks: BertBlocks, tune: Tuned, weightDecay: number): BertSteps {
  const { shape, values, sizes, layersTuned } = blocks
  const valuesOf = (names: readonly string[]) => names.map((name) => values.get(name)!)
  const adamOf = (names: readonly string[]) =>
    createAdam(
      valuesOf(names).map(({ length }) => length),
      names.map((name) => sizes.get(name)![0] > 1),
      weightDecay,
    )
  const [adam, headAdam] = [adamOf(layersTuned), adamOf(HEAD)]
  const wordAdam = tune === 'all' ? createRowAdam(values.get('words')!, shape.width) : undefined
  const accumulated = [...layersTuned, ...HEAD].map((name) => new Float32Array(values.get(name)!.length))
  let batches = 0

  return {
    gather(gradientAt, words) {
      if (words !== undefined) wordAdam!.accumulate(words.ids, words.gradients)
      accumulated.forEach((sum, place) => {
        const gradient = gradientAt(place)
        for (let i = 0; i < sum.length; i++) sum[i]! += gradient[i]!
      })
      batches++
    },
    apply(rate, headRate) {
      if (batches > 1) for (const sum of accumulated) for (let i = 0; i < sum.length; i++) sum[i]! /= batches
      adam.step(valuesOf(layersTuned), accumulated.slice(0, layersTuned.length), rate)
      headAdam.step(valuesOf(HEAD), accumulated.slice(layersTuned.length), headRate)
      wordAdam?.apply(rate, batches)
      for (const sum of accumulated) sum.fill(0)
      batches = 0
    },
  }
}
