import type { SentenceEncoder } from '../../models/text/sentence-encoder.ts'
import { SPECIAL_TOKEN_COUNT } from '../../models/text/windows.ts'
import { readBackbone, type Pooling, type Precision } from './backbone-folder.ts'
import { startEncoderThreads } from './encoder-threads.ts'
import { createEncodingQueue, type EncodingBatch } from './encoding-queue.ts'
import { openDiskCache, type DiskCacheOptions } from './disk-cache.ts'
import { createVectorCache, keyOfWindow } from './vector-cache.ts'

export interface SentenceEncoderOptions {
  /** Folder with model.onnx (or model-int8.onnx) and tokenizer.json. */
  readonly folder: string
  /** int8 is four times as fast and slightly less accurate. */
  readonly precision?: Precision
  /** Default: as specified in backbone.json, or `first`. */
  readonly pooling?: Pooling | undefined
  readonly threads?: number
  /** Number of vectors cached in memory. */
  readonly cacheEntries?: number
  /** Disk cache; without it, vectors are lost with the process. */
  readonly diskCache?: DiskCacheOptions | undefined
  /** Script of each thread. */
  readonly program?: URL
}

const CACHE_ENTRIES = 50_000
/** Maximum pieces per batch, including padding: with four times as many, a text took a third longer. */
const BATCH_TOKENS = 512

/**
 * Opens a backbone in worker threads. A window is encoded once, as long as it is cached. Rejects with `BackboneError`
 * for a folder without a usable backbone.
 */
export async function openSentenceEncoder(options: SentenceEncoderOptions): Promise<SentenceEncoder> {
  const { folder, precision = 'int8', threads: count = 1, cacheEntries = CACHE_ENTRIES } = options
  const { id, weights, tokenizer, tokensMax, pooling } = readBackbone(folder, precision, options.pooling)
  const program = options.program ?? new URL('./encoder-worker.ts', import.meta.url)
  // With int8, a window's vector depends on the rest of its batch, since their activations are scaled together.
  const oneByOne = precision === 'int8'
  const threads = await startEncoderThreads(
    { path: weights, pooling, vocabularySize: tokenizer.vocabularySize, oneByOne },
    count,
    program,
  )
  const { dimension } = threads
  const windowMax = tokensMax - SPECIAL_TOKEN_COUNT
  const file = options.diskCache && openDiskCache(options.diskCache, id, dimension)
  const cache = createVectorCache(cacheEntries, file)
  const queue = createEncodingQueue(threads, count)

  return {
    id,
    dimension,
    windowMax,
    tokenizer,
    async encode(windows) {
      const long = windows.find((window) => window.length > windowMax)
      if (long !== undefined)
        throw new Error(`A window has ${long.length} ids, and ${windowMax} at most can be encoded.`)
      const vectors = new Float32Array(windows.length * dimension)
      const places = new Map<string, number[]>()
      windows.forEach((window, place) => {
        const key = keyOfWindow(window)
        const known = cache.get(key)
        if (known !== undefined) vectors.set(known, place * dimension)
        else places.set(key, [...(places.get(key) ?? []), place])
      })
      if (places.size === 0) return vectors
      const unknown = [...places].map(([key, of]) => ({ key, of, window: windows[of[0]!]! }))
      const batches = batched(
        unknown.map(({ window }) => Int32Array.of(tokenizer.begin, ...window, tokenizer.end)),
        oneByOne,
      )
      await queue.encode(batches, (place, vector) => {
        const { key, of } = unknown[place]!
        cache.set(key, vector)
        for (const one of of) vectors.set(vector, one * dimension)
      })
      return vectors
    },
    async close() {
      await threads.close()
      file?.close()
    },
  }
}

/** Groups windows of similar length into batches, so that little padding is needed. */
function batched(windows: readonly Int32Array[], oneByOne: boolean): EncodingBatch[] {
  const order = [...windows.keys()].sort((one, other) => windows[one]!.length - windows[other]!.length)
  const batches: { windows: Int32Array[]; places: number[] }[] = []
  let tokens = 0
  for (const place of order) {
    const window = windows[place]!
    const last = batches.at(-1)
    const size = oneByOne ? tokens + window.length : window.length * ((last?.windows.length ?? 0) + 1)
    if (last === undefined || size > BATCH_TOKENS) {
      batches.push({ windows: [window], places: [place] })
      tokens = window.length
    } else {
      last.windows.push(window)
      last.places.push(place)
      tokens = size
    }
  }
  return batches
}
