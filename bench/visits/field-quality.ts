import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assessFile, type AssessedVisit } from '../../composition/visits/assess-file.ts'
import { readPlaces } from '../../composition/visits/known-places.ts'
import { writeLines } from '../../files/write-lines.ts'
import { defaultPolicy } from '../../processors/visits/default-policy.ts'
import { evidenceSettings } from '../../processors/visits/evidence/evidence-settings.ts'
import { visitScores, weightsOf } from '../../processors/visits/evidence/visit-scores.ts'
import type { Random } from '../../simulator/random.ts'
import { cheats } from '../../simulator/visits/field-people.ts'
import { fieldWork, type FieldWork, type FieldWorkOptions } from '../../simulator/visits/field-work.ts'
import { cpuSeconds } from '../benchmark.ts'
import { reportTexts } from './report-texts.ts'
import { verdictModel, type AssessedWorld } from './verdict-model.ts'

/** Share of visits for which a controller can review alerts. */
const BUDGET = 0.02
const DAYS_PER_MONTH = 365.25 / 12

interface World {
  readonly work: FieldWork
  readonly assessed: readonly AssessedVisit[]
  readonly seconds: number
  readonly cpu: number
}

/** Measures what the evidence finds in simulated field work, whose reports are real reviews. */
export async function fieldQuality(directory: string, quick: boolean, log: (line: string) => void): Promise<unknown> {
  const texts = await reportTexts[0]!.read()
  if (texts === undefined) return 'skipped: data not present'
  const report = takeInTurn([...new Set(texts)].filter((text) => text.length >= 20 && text.length < 400))
  const [people, days] = quick ? [75, 40] : [120, 77]
  const world = await assess(directory, { seed: 'quality', people, days, cheatingShare: 0.2, report })
  const { work, assessed } = world
  log(
    `${assessed.length} visits, ${work.fakeVisits.size} of them never happened, assessed in ${world.seconds.toFixed(1)} s`,
  )
  return {
    visits: assessed.length,
    pretended: work.fakeVisits.size,
    days,
    ...figures(world, days),
    ...leaveOneOut(world),
    models: await models(directory, world, { people, days, cheatingShare: 0.2, report }),
  }
}

/** Trains on the reviews of one world, chooses limits in another and tests in the given one. */
async function models(directory: string, world: World, options: Omit<FieldWorkOptions, 'seed'>): Promise<unknown> {
  const other = async (seed: string) => assessedWorld(await assess(directory, { ...options, seed }), options.days)
  const [learned, tuned] = [await other('reviewed'), await other('limits')]
  const tested = assessedWorld(world, options.days)
  const shares = [0.005, 0.05]
  const found = await Promise.all(shares.map((share) => verdictModel(learned, tuned, tested, share)))
  return Object.fromEntries(shares.map((share, i) => [`sampled ${share}`, found[i]]))
}

function assessedWorld({ work, assessed }: World, days: number): AssessedWorld {
  const honest = new Set(work.people.filter(({ cheat }) => cheat === null).map(({ id }) => id))
  const lazy = new Set(work.people.filter(({ cheat, cunning }) => cheat !== null && cunning === 0).map(({ id }) => id))
  return {
    assessed,
    isOfLazy: (visit) => lazy.has(personOf(visit)),
    isFalse: ({ visitId }) => work.fakeVisits.has(visitId),
    isOfHonest: (visit) => honest.has(personOf(visit)),
    honestMonths: honest.size * (days / DAYS_PER_MONTH),
  }
}

function personOf({ visitId }: AssessedVisit): string {
  return visitId.split('-').slice(1, 3).join('-')
}

/** Returns a function that gives each text once, then starts again. */
function takeInTurn(texts: readonly string[]): (next: Random) => string {
  let at = 0
  return () => texts[at++ % texts.length]!
}

export async function assess(directory: string, options: Parameters<typeof fieldWork>[0]): Promise<World> {
  const work = fieldWork(options)
  const [file, placesFile] = [join(directory, 'visits.jsonl'), join(directory, 'places.jsonl')]
  await writeLines(
    file,
    work.visits.values().map((visit) => JSON.stringify(visit)),
  )
  writeFileSync(placesFile, work.places.map((place) => JSON.stringify(place)).join('\n'))
  const places = await readPlaces(placesFile, { onWarning: () => {} })
  const [startedAt, usage] = [performance.now(), process.cpuUsage()]
  const { assessed } = await assessFile(file, {
    policy: defaultPolicy,
    places,
    onWarning: () => {},
    until: Number.MAX_SAFE_INTEGER,
  })
  return { work, assessed, seconds: (performance.now() - startedAt) / 1_000, cpu: cpuSeconds(usage) }
}

function figures({ work, assessed }: World, days: number) {
  const isPretended = ({ visitId }: AssessedVisit) => work.fakeVisits.has(visitId)
  const suspected = assessed.filter(({ verdict }) => verdict === 'suspected_false')
  const people = new Map(work.people.map((person) => [person.id, person]))
  const honest = work.people.filter(({ cheat }) => cheat === null)
  const honestAlarms = suspected.filter((visit) => people.get(personOf(visit))!.cheat === null)
  const recall = Object.fromEntries(
    cheats.flatMap((cheat) =>
      [0, 1, 2].map((cunning) => {
        const made = assessed.filter((visit) => {
          const person = people.get(personOf(visit))!
          return person.cheat === cheat && person.cunning === cunning && isPretended(visit)
        })
        const found = made.filter(({ verdict }) => verdict !== 'fine').length
        return [`${cheat}, cunning ${cunning}`, rounded(found / made.length)]
      }),
    ),
  )
  return {
    atThreshold: {
      suspected: suspected.length,
      precision: rounded(suspected.filter(isPretended).length / suspected.length),
      recall: rounded(suspected.filter(isPretended).length / work.fakeVisits.size),
      falseAlarmsPerHonestPersonAndMonth: rounded(honestAlarms.length / honest.length / (days / DAYS_PER_MONTH)),
    },
    atBudget: atBudget(assessed.map((visit) => ({ score: visit.falseScore, isTrue: isPretended(visit) }))),
    recall,
    falseAlarmKinds: countKinds(honestAlarms),
    honestEvidence: countKinds(assessed.filter((visit) => people.get(personOf(visit))!.cheat === null)),
  }
}

function countKinds(visits: readonly AssessedVisit[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of visits.flatMap(({ evidence }) => evidence)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

interface Scored {
  readonly score: number
  readonly isTrue: boolean
}

/** Returns precision and recall of the highest scores within the budget. */
function atBudget(visits: readonly Scored[]) {
  const budget = Math.round(BUDGET * visits.length)
  const sorted = visits.toSorted((one, other) => other.score - one.score).slice(0, budget)
  const found = sorted.filter(({ isTrue }) => isTrue).length
  const all = visits.filter(({ isTrue }) => isTrue).length
  return { alerts: budget, precision: rounded(found / budget), recall: rounded(found / all) }
}

/** Measures precision at the budget and recall at the threshold without each kind of evidence. */
function leaveOneOut({ work, assessed }: World) {
  const weights = weightsOf(evidenceSettings(defaultPolicy))
  const without = [...weights.keys()].map((kind) => {
    const others = new Map([...weights].filter(([other]) => other !== kind))
    const scored = assessed.map(({ visitId, evidence }) => {
      const { falseScore, verdict } = visitScores(evidence, others, defaultPolicy)
      return { score: falseScore, isTrue: work.fakeVisits.has(visitId), verdict }
    })
    const found = scored.filter(({ verdict, isTrue }) => isTrue && verdict === 'suspected_false').length
    const { precision } = atBudget(scored)
    return [kind, { precisionAtBudget: precision, recallAtThreshold: rounded(found / work.fakeVisits.size) }] as const
  })
  return { without: Object.fromEntries(without) }
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
