import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gbm, gbmRate } from '../../models/boosting/gradient-boosting.ts'
import type { Interval } from '../../models/evaluation/bootstrap.ts'
import { logLoss, rocAuc, rootMeanSquaredError } from '../../models/evaluation/metrics.ts'
import { chosenRows } from '../../models/split.ts'
import { cpuSeconds } from '../benchmark.ts'
import { defaultSets, type DefaultSet } from './default-sets.ts'
import { runPython, readScores, writeNumbers } from './python.ts'
import { resampledDifference } from './resampled-difference.ts'

const PEERS = ['lightgbm', 'xgboost', 'catboost'] as const
type Peer = (typeof PEERS)[number]
const REPEATS = 5
const QUICK = { repeats: 2, rowsMax: 5_000 }

/** The mean loss or AUC of each learner over the splits, and ours compared with the best peer's. */
interface Compared {
  readonly own: number
  readonly peers: Readonly<Record<Peer, number>>
  readonly best: Peer
  /** Ours minus that of the peer with the best mean, on the same splits. */
  readonly difference: Interval
}

export interface DefaultsComparison {
  readonly dataSet: string
  readonly rows: number
  readonly features: number
  readonly splits: number
  /** `undefined` for regression. */
  readonly auc: Compared | undefined
  /** Log loss for classification, root mean squared error for regression. */
  readonly loss: Compared
  readonly versions: Readonly<Record<Peer, string>>
  /** CPU seconds for all splits. */
  readonly cpuSeconds: Readonly<Record<Peer | 'own', number>>
}

interface Measured {
  /** Test scores by split. */
  readonly scores: readonly Float64Array[]
  readonly cpuSeconds: number
  readonly version: string
}

/** Compares boosting with its defaults with LightGBM, XGBoost and CatBoost with theirs, on repeated splits. */
export async function compareDefaults(
  python: string,
  directory: string,
  { quick, log }: { readonly quick: boolean; readonly log: (line: string) => void },
): Promise<readonly DefaultsComparison[]> {
  const answers: DefaultsComparison[] = []
  for (const set of await defaultSets(python, directory, quick ? QUICK.repeats : REPEATS)) {
    if (quick && set.data.count > QUICK.rowsMax) continue
    const measured = { own: ownScores(set) } as Record<Peer | 'own', Measured>
    for (const peer of PEERS) measured[peer] = await peerScores(python, directory, set, peer)
    const { data, kind, splits } = set
    const answer: DefaultsComparison = {
      dataSet: set.name,
      rows: data.count,
      features: data.width,
      splits: splits.length,
      auc: kind === 'classification' ? compared(set, measured, rocAuc, 1) : undefined,
      loss: compared(set, measured, kind === 'classification' ? logLoss : rootMeanSquaredError, -1),
      versions: each(PEERS, (peer) => measured[peer].version),
      cpuSeconds: each(['own', ...PEERS], (one) => measured[one].cpuSeconds),
    }
    log(JSON.stringify(answer))
    answers.push(answer)
  }
  return answers
}

/** Compares the learners by a metric. `better`: 1 if more is better, −1 if less is. */
function compared(
  { data, splits, testShare }: DefaultSet,
  measured: Readonly<Record<Peer | 'own', Measured>>,
  metric: (labels: Float64Array, scores: Float64Array) => number,
  better: 1 | -1,
): Compared {
  const bySplit = each(['own', ...PEERS], (one) =>
    splits.map(({ test }, split) =>
      metric(
        Float64Array.from(test, (row) => data.labels[row]!),
        measured[one].scores[split]!,
      ),
    ),
  )
  const best = PEERS.reduce((one, other) => (better * mean(bySplit[other]) > better * mean(bySplit[one]) ? other : one))
  return {
    own: mean(bySplit.own),
    peers: each(PEERS, (peer) => mean(bySplit[peer])),
    best,
    difference: resampledDifference(
      bySplit.own.map((value, split) => value - bySplit[best][split]!),
      testShare,
    ),
  }
}

function ownScores({ data, kind, splits }: DefaultSet): Measured {
  const algorithm = kind === 'classification' ? gbm : gbmRate
  const since = process.cpuUsage()
  const scores = splits.map(({ train, test }) => {
    const held = chosenRows(data, test)
    const into = new Float64Array(held.count)
    void algorithm.scorer(algorithm.train(chosenRows(data, train), 1))(held, into)
    return into
  })
  return { scores, cpuSeconds: cpuSeconds(since), version: '' }
}

async function peerScores(python: string, directory: string, set: DefaultSet, peer: Peer): Promise<Measured> {
  const { name, data, kind, splits } = set
  const inside = join(directory, `${name.replace(/\W+/g, '-')}-${peer}`)
  mkdirSync(inside, { recursive: true })
  const { version, seconds } = await runPython<{ version: string; seconds: number[] }>(
    python,
    './boosters_peer.py',
    {
      peer,
      kind,
      width: data.width,
      rows: writeNumbers(inside, 'rows', data.rows),
      labels: writeNumbers(inside, 'labels', data.labels),
      categorical: (data.categories ?? []).flatMap((names, feature) => (names === null ? [] : [feature])),
      splits: splits.map(({ train, test }, split) => ({
        train: writeNumbers(inside, `train-${split}`, train),
        test: writeNumbers(inside, `test-${split}`, test),
        scores: join(inside, `scores-${split}`),
      })),
    },
    inside,
  )
  return {
    scores: splits.map((_, split) => readScores(join(inside, `scores-${split}`))),
    cpuSeconds: seconds.reduce((sum, one) => sum + one, 0),
    version,
  }
}

function each<Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
