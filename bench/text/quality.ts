import { casesOf } from '../../retrainer/text-cases.ts'
import { trainOnText } from '../../retrainer/train-on-text.ts'
import { openSentenceEncoder } from '../../runtimes/text/open-sentence-encoder.ts'
import { backboneFolder, haveTextSets, textSets, type TextSet } from './text-sets.ts'

const SEED = 1

/** Frozen backbones with and without terms beside them, and terms alone, on a fifth of each set that nothing was learned from. */
export async function quality(log: (line: string) => void): Promise<unknown> {
  if (!haveTextSets()) return 'skipped: data not present'
  const answers: Record<string, unknown> = {}
  for (const set of textSets) {
    answers[set.name] = await measured(set)
    log(`${set.name}: ${JSON.stringify(answers[set.name])}`)
  }
  return answers
}

export async function measured(set: TextSet): Promise<unknown> {
  const rows = await set.read()
  const names = [...new Set(rows.map(({ label }) => label))].sort()
  const labels = Int32Array.from(rows, ({ label }) => names.indexOf(label))
  const cases = casesOf(
    rows.map(({ text }) => ({ text })),
    { text: 'text' },
  )
  const encoder = await openSentenceEncoder({ folder: backboneFolder(set.backbone), pooling: 'first-and-mean', threads: 2 })
  const began = performance.now()
  try {
    const options = { encoder, strategies: ['head-tail'], classWeights: 'none', seed: SEED } as const
    const head = await trainOnText(cases, labels, names, { ...options, withTerms: false })
    const joined = await trainOnText(cases, labels, names, { ...options, withTerms: true })
    return {
      rows: rows.length,
      classes: names.length,
      testRows: head.testCases,
      terms: head.baselines.terms.accuracy,
      head: head.metrics.accuracy,
      headBeyondTerms: head.advantage,
      headWithTerms: joined.metrics.accuracy,
      headWithTermsBeyondTerms: joined.advantage,
      minutes: (performance.now() - began) / 60_000,
    }
  } finally {
    await encoder.close()
  }
}
