import fc from 'fast-check'
import {
  consistentCut,
  isTaken,
  placeOf,
  type PartitionCut,
  type PartitionWindow,
  type Reading,
} from '../../../composition/backup/consistent-cut.ts'

const write = (transaction: string, from: number, to: number) => ({ transaction, from, to })
const window = (topic: string, stable: number, end: number, writes: PartitionWindow['writes']): PartitionWindow => ({
  topic,
  partition: 0,
  stable,
  end,
  isChangelog: topic.startsWith('changelog'),
  writes,
})
const nothingRead = () => []

test('a transaction with a record before the cut is taken to its last record, and others after the cut are not', () => {
  const cut = consistentCut(
    [
      window('scores', 5, 9, [write('a', 3, 5), write('b', 6, 8)]),
      window('alerts', 2, 6, [write('b', 2, 3), write('a', 4, 5)]),
    ],
    nothingRead,
  )
  const alerts = cut[1]!
  expect([0, 1, 2, 3, 4, 5].filter((offset) => isTaken(alerts, offset))).toEqual([0, 1, 4])
  expect([cut[0]!.whole, cut[0]!.end, alerts.end]).toEqual([5, 9, 6])
})

test('what a taken transaction has read is taken, and so is the rest of the transactions that wrote that', () => {
  const read: Reading = { topic: 'scores', partition: 0, to: 7 }
  const cut = consistentCut(
    [
      window('scores', 5, 9, [write('early', 5, 7), write('late', 7, 8)]),
      window('features', 4, 9, [write('early', 6, 7)]),
      window('standings', 2, 4, [write('reader', 1, 3)]),
    ],
    (transaction) => (transaction === 'reader' ? [read] : []),
  )
  expect([5, 6, 7].map((offset) => isTaken(cut[0]!, offset))).toEqual([true, true, false])
  expect(isTaken(cut[1]!, 6)).toBe(true)
})

test('of a task, no transaction is left out before one that is taken', () => {
  const cut = consistentCut(
    [
      window('changelog', 1, 9, [write('first', 2, 3), write('second', 4, 5), write('third', 6, 7)]),
      window('scores', 4, 9, [write('second', 3, 4), write('first', 5, 6)]),
    ],
    nothingRead,
  )
  expect([2, 4, 6].map((offset) => isTaken(cut[0]!, offset))).toEqual([true, true, false])
  expect(isTaken(cut[1]!, 5)).toBe(true)
})

/** Tasks that read each other’s outputs and write in transactions, whose markers arrive late and one by one. */
const TASKS = 2
const OUTPUTS = 2
const places = [
  ...Array.from({ length: TASKS }, (_, task) => ({ topic: `changelog-${task}`, partition: 0 })),
  ...Array.from({ length: OUTPUTS }, (_, partition) => ({ topic: 'outputs', partition })),
]

interface Simulated {
  readonly id: string
  readonly task: number
  readonly readings: Reading[]
  decided: boolean
}

interface Log {
  readonly records: { readonly transaction: Simulated; visible: boolean }[]
}

const operation = fc.record({
  kind: fc.constantFrom('write', 'decide', 'mark', 'mark', 'mark', 'look'),
  task: fc.nat(TASKS - 1),
  place: fc.nat(places.length - 1),
})

/** Partitions are looked at one after the other, in any order. */
const order = fc.shuffledSubarray([...places.keys()], { minLength: places.length })

/** Plays the operations, and the passes of `findCut` between them. */
function play(operations: readonly { kind: string; task: number; place: number }[], order: readonly number[]) {
  const logs: Log[] = places.map(() => ({ records: [] }))
  const transactions: Simulated[] = []
  const open = new Map<number, Simulated>()
  const stableOf = (place: number): number => {
    const { records } = logs[place]!
    const first = records.findIndex(({ visible }) => !visible)
    return first < 0 ? records.length : first
  }
  const append = (place: number, transaction: Simulated) =>
    void logs[place]!.records.push({ transaction, visible: false })
  const begin = (task: number): Simulated => {
    const readings = places.slice(TASKS).map((at, index) => ({ ...at, to: stableOf(TASKS + index) }))
    const transaction = { id: `${task}:${transactions.length}`, task, readings, decided: false }
    transactions.push(transaction)
    open.set(task, transaction)
    return transaction
  }
  const isMarked = (transaction: Simulated): boolean =>
    logs.every(({ records }) => records.every((record) => record.transaction !== transaction || record.visible))

  const passes: number[][] = []
  let [pass, written]: [number[], number[] | undefined] = [[], undefined]
  const ends = () => logs.map(({ records }) => records.length)
  const done: string[][] = []

  function look(): void {
    if (passes.length === 3) return
    if (written !== undefined) {
      if (!written.every((end, place) => stableOf(place) >= end)) return
      // What `untilDecided` returns is itself the last of the window.
      written = undefined
      if (passes.length === 2) return void passes.push(places.map((_, place) => stableOf(place)))
    }
    if (pass.length === 0) done.push(transactions.filter((one) => one.decided && isMarked(one)).map(({ id }) => id))
    pass.push(stableOf(order[pass.length]!))
    if (pass.length < places.length) return
    passes.push(order.map((_, place) => pass[order.indexOf(place)]!))
    pass = []
    written = ends()
  }

  function step({ kind, task, place }: { kind: string; task: number; place: number }): void {
    const current = open.get(task)
    if (kind === 'look') return look()
    if (kind === 'write') {
      // A task begins its next transaction when all markers of its last are written.
      const last = transactions.findLast((one) => one.task === task)
      if (current === undefined && last !== undefined && !isMarked(last)) return
      return append(place < TASKS ? TASKS + (place % OUTPUTS) : place, current ?? begin(task))
    }
    if (kind === 'decide' && current !== undefined) {
      append(task, current)
      current.decided = true
      open.delete(task)
    }
    if (kind === 'mark')
      for (const record of logs[place]!.records) if (record.transaction.decided) record.visible = true
  }

  operations.forEach(step)
  const all = ['write', 'decide', 'mark']
  // The platform goes on until the cut is found.
  for (let turn = 0; passes.length < 3; turn++) {
    for (let task = 0; task < TASKS; task++) {
      if (turn % 2 === 0) step({ kind: all[0]!, task, place: TASKS + (turn % OUTPUTS) })
      step({ kind: all[1]!, task, place: 0 })
      for (let place = 0; place < places.length; place++) step({ kind: all[2]!, task, place })
    }
    look()
  }
  return { logs, transactions, passes, sure: done[0]! }
}

function cutOf({ logs, transactions, passes }: ReturnType<typeof play>): readonly PartitionCut[] {
  const [from, stable, to] = passes as [number[], number[], number[]]
  const windows = places.map((at, place): PartitionWindow => ({
    ...at,
    stable: stable[place]!,
    end: to[place]!,
    isChangelog: place < TASKS,
    writes: logs[place]!.records.slice(from[place]!, to[place]!).map(({ transaction: { id } }, index) =>
      write(id, from[place]! + index, from[place]! + index + 1),
    ),
  }))
  return consistentCut(windows, (id) => transactions.find((one) => one.id === id)?.readings ?? [])
}

test('whatever is written while it is taken, a cut holds whole transactions, all they have read and all before them', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 100, maxLength: 150 }), order, (operations, looked) => {
      const played = play(operations, looked)
      const cut = cutOf(played)
      const takenOf = ({ id }: Simulated) =>
        played.logs.flatMap(({ records }, place) =>
          records.flatMap(({ transaction }, offset) => (transaction.id === id ? [isTaken(cut[place]!, offset)] : [])),
        )
      const last = new Map<number, boolean>()
      for (const transaction of played.transactions) {
        const records = takenOf(transaction)
        const isIn = records.includes(true)
        expect(records.every((taken) => taken === isIn)).toBe(true)
        if (played.sure.includes(transaction.id)) expect(isIn).toBe(true)
        if (last.get(transaction.task) === false) expect(isIn).toBe(false)
        last.set(transaction.task, isIn)
        if (!isIn) continue
        for (const reading of transaction.readings) {
          const one = cut.find((found) => placeOf(found) === placeOf(reading))!
          expect(one.end).toBeGreaterThanOrEqual(reading.to)
          for (let offset = 0; offset < reading.to; offset++) expect(isTaken(one, offset)).toBe(true)
        }
      }
    }),
    { numRuns: 1_000 },
  )
})
