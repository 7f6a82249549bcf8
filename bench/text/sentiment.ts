import { sentimentOf } from '../../models/conversation/sentiment.ts'
import { haveTextSets, textSets } from './text-sets.ts'

/** Measures how often the lexicon is right on reviews that are good or bad; a neutral answer counts half. */
export async function sentiment(): Promise<unknown> {
  if (!haveTextSets()) return 'skipped: data not present'
  const rows = await textSets[0]!.read()
  let [right, neutral, decidedRight] = [0, 0, 0]
  for (const { text, label } of rows) {
    const { score, polarity } = sentimentOf(text)
    const isRight = score > 0 === (label === '1')
    right += score === 0 ? 0.5 : Number(isRight)
    if (polarity === 'neutral') neutral++
    else decidedRight += Number(isRight)
  }
  return {
    rows: rows.length,
    accuracy: right / rows.length,
    neutralShare: neutral / rows.length,
    accuracyOfDecided: decidedRight / (rows.length - neutral),
  }
}
