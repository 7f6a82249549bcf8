import type { SentenceEncoder } from '../../models/text/sentence-encoder.ts'
import { BackboneError, readBackbone, type Pooling } from './backbone-folder.ts'
import { openSentenceEncoder, type SentenceEncoderOptions } from './open-sentence-encoder.ts'

const POOLINGS: readonly Pooling[] = ['first', 'mean', 'first-and-mean', 'probabilities']

/** The encoders of one backbone, each opened once, on first use. */
export interface Encoders {
  /**
   * Returns a function that opens the encoder with this id. Throws `BackboneError` for an id that is not of this
   * backbone.
   */
  encoder(id: string): () => Promise<SentenceEncoder>
  close(): Promise<void>
}

export function openEncoders(
  backbone: Pick<SentenceEncoderOptions, 'folder' | 'precision' | 'threads' | 'diskCache'> | undefined,
): Encoders {
  const open = new Map<string, Promise<SentenceEncoder>>()
  let known: ReadonlyMap<string, Pooling> | undefined

  function poolingOf(id: string): Pooling {
    if (backbone === undefined)
      throw new BackboneError(`The model reads texts with the backbone ${id}, and none is at hand here.`)
    const { folder, precision = 'int8' } = backbone
    known ??= new Map(POOLINGS.map((pooling) => [readBackbone(folder, precision, pooling).id, pooling]))
    const pooling = known.get(id)
    if (pooling !== undefined) return pooling
    throw new BackboneError(
      `The model was trained with the backbone ${id}, and ${folder} at ${precision} is another one.`,
    )
  }

  return {
    encoder(id) {
      const pooling = poolingOf(id)
      return () => {
        const opened = open.get(id) ?? openSentenceEncoder({ ...backbone!, pooling })
        open.set(id, opened)
        opened.catch(() => open.delete(id))
        return opened
      }
    },
    async close() {
      const all = [...open.values()]
      open.clear()
      await Promise.allSettled(all.map(async (one) => (await one).close()))
    },
  }
}
