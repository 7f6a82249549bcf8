import { openSentenceEncoder } from '../../runtimes/text/open-sentence-encoder.ts'
import { runPython, preparePython } from '../models/python.ts'
import { backboneFolder, haveTextSets, textSets } from './text-sets.ts'

interface PeerAnswer {
  readonly versions: Readonly<Record<string, string>>
  readonly results: readonly {
    readonly textsPerSecond: number
    readonly latencyMs: Readonly<Record<string, number>>
    readonly vectors: number[][]
  }[]
}

const LENGTHS = [16, 64, 256]

/** Runs the same texts through the same weights, here and in Python, on one thread each. */
export async function backbone(directory: string, quick: boolean, log: (line: string) => void): Promise<unknown> {
  if (!haveTextSets()) return 'skipped: data not present'
  const folder = backboneFolder('bge-small-zh')
  const texts = (await textSets[0]!.read()).map(({ text }) => text).filter((_, row) => row % (quick ? 400 : 40) === 0)
  const python = await preparePython(log)
  const peer = await runPython<PeerAnswer>(python, './backbone_peer.py', { folder, texts, lengths: LENGTHS }, directory)
  const answers = []
  for (const [place, precision] of (['float32', 'int8'] as const).entries()) {
    const encoder = await openSentenceEncoder({ folder, precision, pooling: 'first', threads: 1, cacheEntries: 1 })
    try {
      const windows = texts.map((text) => encoder.tokenizer.ids(text).subarray(0, encoder.windowMax))
      await encoder.encode(windows.slice(0, 5))
      const began = performance.now()
      const vectors = await encoder.encode(windows)
      const textsPerSecond = (1_000 * texts.length) / (performance.now() - began)
      const latencyMs: Record<string, number> = {}
      for (const length of LENGTHS)
        latencyMs[length] = await latencyOf(length - 2, (window) => encoder.encode([window]))
      const theirs = peer.results[place]!
      let difference = 0
      theirs.vectors.forEach((vector, row) =>
        vector.forEach(
          (value, i) => (difference = Math.max(difference, Math.abs(value - vectors[row * encoder.dimension + i]!))),
        ),
      )
      const peerSpeed = { textsPerSecond: theirs.textsPerSecond, latencyMs: theirs.latencyMs }
      answers.push({ precision, largestDifference: difference, ours: { textsPerSecond, latencyMs }, peer: peerSpeed })
    } finally {
      await encoder.close()
    }
  }
  return { texts: texts.length, versions: peer.versions, answers }
}

/** Returns the median time, ms, of twenty different windows of that many pieces. */
async function latencyOf(length: number, encode: (window: Int32Array) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < 20; run++) {
    const window = Int32Array.from({ length }, (_, place) => 1_000 + ((run * 31 + place * 7) % 5_000))
    const began = performance.now()
    await encode(window)
    times.push(performance.now() - began)
  }
  return times.sort((one, other) => one - other)[10]!
}
