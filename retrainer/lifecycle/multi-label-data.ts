import type { NetworkData } from '../../models/deep/network-data.ts'

/** A served row with the outcome of one of its subjects. */
export interface LabelledSubject {
  readonly row: readonly number[]
  /** The subject, which is one of the outputs. */
  readonly subjectId: string
  readonly label: number
  /** When it was scored, ms of event time. */
  readonly at: number
  readonly customerId: string
}

interface MultiLabelRow {
  readonly row: readonly number[]
  readonly at: number
  /** Labels by the index of the output. */
  readonly labels: Map<number, number>
}

export interface MultiLabelData {
  readonly data: NetworkData
  /** Names of the labels in order. */
  readonly outputs: readonly string[]
  /** Labels with too few known values to train on, with their counts. */
  readonly tooFew: readonly { readonly id: string; readonly labels: number }[]
}

/** Minimum number of known values to train on a label. */
const LABELS_MIN = 20

/**
 * Builds rows in time order with a label for each learnable output that has enough values; NaN where none became known.
 * Outcomes of the same served row share one row; if an output has several outcomes for it, the row is repeated.
 * `learnable`: ids of the outputs.
 */
export function multiLabelData(
  subjects: readonly LabelledSubject[],
  learnable: readonly string[],
  featureNames: readonly string[],
): MultiLabelData {
  const counts = new Map(learnable.map((id) => [id, { labels: 0, ones: 0 }]))
  for (const { subjectId, label } of subjects) {
    const count = counts.get(subjectId)
    if (count === undefined) continue
    count.labels++
    count.ones += label
  }
  const isEnough = ({ labels, ones }: { labels: number; ones: number }) =>
    labels >= LABELS_MIN && ones > 0 && ones < labels
  const outputs = learnable.filter((id) => isEnough(counts.get(id)!))
  const tooFew = learnable.flatMap((id) => (isEnough(counts.get(id)!) ? [] : [{ id, labels: counts.get(id)!.labels }]))
  const places = new Map(outputs.map((id, place) => [id, place]))

  const sorted: MultiLabelRow[] = []
  const ofServed = new Map<string, MultiLabelRow[]>()
  for (const subject of subjects) {
    const place = places.get(subject.subjectId)
    if (place === undefined) continue
    if (subject.row.length !== featureNames.length)
      throw new Error(`A row has ${subject.row.length} numbers; ${featureNames.length} features are named.`)
    const key = `${subject.customerId}\u0000${subject.at}`
    const rows = ofServed.get(key) ?? []
    ofServed.set(key, rows)
    let free = rows.find(({ labels }) => !labels.has(place))
    if (free === undefined) {
      free = { row: subject.row, at: subject.at, labels: new Map() }
      rows.push(free)
      sorted.push(free)
    }
    free.labels.set(place, subject.label)
  }
  sorted.sort((one, other) => one.at - other.at)
  const width = featureNames.length
  const numbers = new Float32Array(sorted.length * width)
  const labels = new Float64Array(sorted.length * outputs.length).fill(Number.NaN)
  sorted.forEach(({ row, labels: known }, index) => {
    numbers.set(row, index * width)
    for (const [place, label] of known) labels[index * outputs.length + place] = label
  })
  const data: NetworkData = {
    count: sorted.length,
    width,
    rows: numbers,
    texts: sorted.map(() => null),
    featureNames,
    outputs: outputs.length,
    labels,
    times: Float64Array.from(sorted, ({ at }) => at),
  }
  return { data, outputs, tooFew }
}
