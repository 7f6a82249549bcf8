import pairs from 'opencc-js/dict/TSCharacters'
import { createSimilarTexts } from '../../composition/visits/similar-texts.ts'
import { reportFacts } from '../../features/visits/texts/report-facts.ts'
import { containedShare } from '../../features/visits/texts/text-sketch.ts'
import { visitFacts, type VisitFacts } from '../../features/visits/visit-facts.ts'
import { copiedText } from '../../processors/visits/evidence/copied-text.ts'
import { reportOnly } from '../../schemas/visits/visits.ts'
import { pick, random, shuffled, uniformInteger, type Random } from '../../simulator/random.ts'
import { reportTexts } from './report-texts.ts'

const PAIRS = 400_000
const PLANTED = 1_500
/** The rate of false alarms: one per this many pairs. */
const ALARM_PER_PAIRS = 10_000
const LENGTHS = [12, 25, 50, 100, Number.POSITIVE_INFINITY]

const traditional = new Map(pairs.split('|').map((pair) => pair.split(' ').toReversed() as [string, string]))
const sentences = (text: string) => text.split(/(?<=[。！？!?，,;；.])/).filter((part) => part !== '')

/** Changes that copyists make, from none to many. */
const degrees: Readonly<Record<string, (text: string, next: Random, another: string) => string>> = {
  exact: (text) => text,
  'punctuation and width': (text, next) =>
    text
      .replaceAll(/[，。！？、,.!?]/g, () => pick(next, [' ', '；', '…', '，', '!', '']))
      .replaceAll(/[0-9A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  'names and numbers': (text, next) =>
    text
      .replaceAll(/\d+/g, () => String(uniformInteger(next, 1, 9_999)))
      .replaceAll(/(?<=[a-z,] )[A-Z][a-z]+/g, () => pick(next, ['Anna', 'Berlin', 'Carter', 'Dubois'])),
  'sentences shuffled': (text, next) => shuffled(sentences(text), next).join(''),
  'traditional characters': (text) => [...text].map((letter) => traditional.get(letter) ?? letter).join(''),
  'a tenth of the letters changed': (text, next) =>
    [...text].map((letter) => (next() < 0.1 ? pick(next, [...text]) : letter)).join(''),
  'half copied': (text, next, another) => {
    const [own, other] = [sentences(text), sentences(another)]
    if (own.length < 2) return text.slice(0, text.length >> 1) + another.slice(0, text.length >> 1)
    return shuffled([...own.slice(0, Math.ceil(own.length / 2)), ...cutTo(other, text.length / 2)], next).join('')
  },
}

function cutTo(parts: readonly string[], length: number): string[] {
  let rest = length
  return parts.filter((part) => (rest -= part.length) > -part.length / 2)
}

const parameters = Object.fromEntries(Object.entries(copiedText.parameters).map(([name, { value }]) => [name, value]))
const nothingElse = { placesOf: () => [], isShared: () => false, repeatedPositions: null, reports: null, digits: null }

/** Measures how many copies of each degree are found, and at how many false alarms. */
export async function copiedTexts(quick: boolean, log: (line: string) => void): Promise<unknown> {
  const answers: Record<string, unknown> = {}
  for (const { name, read } of reportTexts) {
    const texts = await read()
    answers[name] = texts === undefined ? 'skipped: data not present' : measure(texts, quick)
    log(`${name}: ${JSON.stringify(answers[name])}`)
  }
  return answers
}

function measure(texts: readonly string[], quick: boolean) {
  const next = random('copied-texts', texts.length)
  const all = texts.map((text, i) => visitOf(text, i)).filter(({ text }) => text!.sketch !== null)
  const { kept, duplicates } = withoutDuplicates(all)
  const long = kept.filter(({ text }) => text!.sketch!.information >= parameters['commonMin']!)
  const alarms = falseAlarms(long, next, quick ? PAIRS / 10 : PAIRS)
  return {
    texts: texts.length,
    naturalDuplicates: duplicates,
    compared: long.length,
    ...alarms.shown,
    ...naturalCopies(long),
    recall: recallByDegree(texts, long, alarms.thresholds, next, quick ? PLANTED / 10 : PLANTED),
  }
}

function visitOf(text: string, index: number): VisitFacts {
  const visit = { ...reportOnly, visitId: String(index), salespersonId: `s${index % 500}`, customerId: null }
  const facts = visitFacts(
    { ...visit, opportunityId: null, probability: null, occurredAt: null, text: reportFacts(text) },
    Number.POSITIVE_INFINITY,
  )
  return facts.facts
}

/** Removes duplicates: texts with equal signatures. */
function withoutDuplicates(visits: readonly VisitFacts[]) {
  const seen = new Set<string>()
  const kept = visits.filter(({ text }) => {
    const key = text!.sketch!.signature.join()
    return !seen.has(key) && seen.add(key)
  })
  return { kept, duplicates: visits.length - kept.length }
}

/** Finds, by length of the shorter text, the share that one pair in 10,000 of different texts exceeds. */
function falseAlarms(visits: readonly VisitFacts[], next: Random, count: number) {
  const shares = LENGTHS.map((): number[] => [])
  let flagged = 0
  for (let pair = 0; pair < count; pair++) {
    const [one, other] = [pick(next, visits), pick(next, visits)]
    if (one === other) continue
    const [a, b] = [one.text!.sketch!, other.text!.sketch!]
    shares[binOf(Math.min(a.information, b.information))]!.push(containedShare(a, b))
    if (isFound([other, one])) flagged++
  }
  const thresholds = shares.map((list) => {
    list.sort((one, other) => other - one)
    return list[Math.floor(list.length / ALARM_PER_PAIRS)] ?? 0
  })
  const byLength = Object.fromEntries(LENGTHS.map((length, i) => [`to${length}`, rounded(thresholds[i]!)]))
  return { thresholds, shown: { pairs: count, flaggedPairs: flagged, shareAtOneIn10000: byLength } }
}

function binOf(length: number): number {
  return LENGTHS.findIndex((most) => length <= most)
}

/** Counts reports that repeat another one of the set with other letters. */
function naturalCopies(visits: readonly VisitFacts[]) {
  const similar = createSimilarTexts(visits.length)
  const found = visits.filter((visit) => isFound([...similar.add(visit, visit.text!.sketch!), visit])).length
  return { naturalCopies: found, naturalCopiesPer1000: rounded((1_000 * found) / visits.length) }
}

function isFound(visits: readonly VisitFacts[]): boolean {
  return [...copiedText.detect(visits, parameters, nothingElse)].length > 0
}

/**
 * Measures recall with the built-in detector, through the index, and at one false alarm per 10,000 pairs, pair by pair.
 */
function recallByDegree(
  texts: readonly string[],
  visits: readonly VisitFacts[],
  thresholds: readonly number[],
  next: Random,
  planted: number,
) {
  return Object.fromEntries(
    Object.entries(degrees).map(([degree, change]) => {
      let [delivered, atPrice, score] = [0, 0, 0]
      for (let i = 0; i < planted; i++) {
        const original = pick(next, visits)
        const text = texts[Number(original.visitId)]!
        const copy = visitOf(change(text, next, texts[Number(pick(next, visits).visitId)]!), texts.length + i)
        if (copy.text!.sketch === null) continue
        const similar = createSimilarTexts(2)
        similar.add(original, original.text!.sketch!)
        const [found] = copiedText.detect([...similar.add(copy, copy.text!.sketch), copy], parameters, nothingElse)
        if (found !== undefined) {
          delivered++
          score += found.score
        }
        const length = Math.min(copy.text!.sketch.information, original.text!.sketch!.information)
        const share = Math.max(
          containedShare(copy.text!.sketch, original.text!.sketch!),
          containedShare(original.text!.sketch!, copy.text!.sketch),
        )
        if (share > thresholds[Math.max(0, binOf(length))]!) atPrice++
      }
      const answer = {
        recall: delivered / planted,
        meanScore: score / delivered,
        recallAtOneIn10000: atPrice / planted,
      }
      return [degree, Object.fromEntries(Object.entries(answer).map(([what, value]) => [what, rounded(value)]))]
    }),
  )
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
