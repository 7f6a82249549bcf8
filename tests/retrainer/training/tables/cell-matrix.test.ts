/**
 * Combines every style of column, every place of a bad cell, and everything that reads cells. The expected values are
 * those that the cells were written from.
 */
import { decodeArtefact, modelFrom } from '../../../../models/artefact.ts'
import { random } from '../../../../models/random.ts'
import type { Table } from '../../../../models/table/table.ts'
import { familyNamed } from '../../../../retrainer/training/tables/families.ts'
import { readTable } from '../../../../retrainer/training/tables/read-table.ts'
import { explainRow, rowsForModel } from '../../../../retrainer/training/tables/score-table.ts'
import { tableData } from '../../../../retrainer/training/tables/table-data.ts'
import { trainOnTable } from '../../../../retrainer/training/tables/train-on-table.ts'
import { momentsOf } from '../../../../retrainer/training/texts/row-times.ts'
import { fileOf, encoded } from '../../../files/scratch.ts'

const ROWS = 120

interface Style {
  readonly name: string
  /** Value of the feature that the column becomes, by row. */
  readonly value: (row: number) => number
  readonly write: (value: number) => string
  readonly bad: readonly string[]
}

const next = random(11)
const amounts = Array.from({ length: ROWS + 40 }, () => Math.round(next() * 4_000_000) / 100 - 5_000)
const small = Array.from({ length: ROWS + 40 }, () => Math.round(next() * 1000) / 1000)
const days = Array.from({ length: ROWS + 40 }, (_, i) => -200 + ((i * 7919) % 20_000))

const grouped = (value: number, group: string, mark: string, sign = '-'): string => {
  const [whole, part] = Math.abs(value).toFixed(2).split('.')
  return `${value < 0 ? sign : ''}${whole!.replaceAll(/\B(?=(\d{3})+$)/g, group)}${mark}${part}`
}
const indian = (value: number): string => {
  const [whole, part] = Math.abs(value).toFixed(2).split('.')
  const head = whole!.slice(0, -3).replaceAll(/\B(?=(\d{2})+$)/g, ',')
  return `${value < 0 ? '-' : ''}${head === '' ? '' : `${head},`}${whole!.slice(-3)}.${part}`
}
const dateParts = (day: number) => {
  const at = new Date(day * 86_400_000)
  const two = (part: number) => String(part).padStart(2, '0')
  return [String(at.getUTCFullYear()).padStart(4, '0'), two(at.getUTCMonth() + 1), two(at.getUTCDate())] as const
}
const BAD = ['#DIV/0!', 'n.a.', 'x1', 'inf']
const BAD_DAYS = ['2024-02-30', 'soon', '0000-00-00']
const amount = (name: string, write: (value: number) => string): Style => ({
  name,
  value: (row) => amounts[row]!,
  write,
  bad: BAD,
})
const dated = (name: string, write: (year: string, month: string, day: string) => string): Style => ({
  name,
  value: (row) => days[row]!,
  write: (value) => write(...dateParts(value)),
  bad: BAD_DAYS,
})

const styles: readonly Style[] = [
  amount('decimal point', String),
  amount('decimal comma', (value) => String(value).replace('.', ',')),
  amount('American thousands', (value) => grouped(value, ',', '.')),
  amount('German thousands', (value) => grouped(value, '.', ',')),
  amount('Swiss thousands', (value) => grouped(value, "'", '.')),
  amount('non-breaking spaces', (value) => grouped(value, '\u00A0', ',')),
  amount('narrow spaces', (value) => grouped(value, '\u202F', ',')),
  amount('Indian thousands', indian),
  amount('a true minus', (value) => grouped(value, ',', '.', '\u2212')),
  amount('brackets', (value) => (value < 0 ? `(${grouped(-value, ',', '.')})` : grouped(value, ',', '.'))),
  amount('euros', (value) => `${grouped(value, '.', ',')} €`),
  amount('dollars', (value) => (value < 0 ? `-$${grouped(-value, ',', '.')}` : `$${grouped(value, ',', '.')}`)),
  amount('yuan', (value) => `￥${grouped(value, ',', '.')}`),
  {
    name: 'three places, comma',
    value: (row) => small[row]!,
    write: (value) => value.toFixed(3).replace('.', ','),
    bad: BAD,
  },
  { name: 'percentages', value: (row) => small[row]!, write: (value) => `${(100 * value).toFixed(1)} %`, bad: BAD },
  {
    name: 'some percentages',
    value: (row) => 100 * small[row]!,
    write: (value) => `${value.toFixed(1)}${Math.round(value) % 2 === 0 ? '%' : ''}`,
    bad: BAD,
  },
  {
    name: 'thousands alone',
    value: (row) => Math.abs(Math.round(amounts[row]! / 10)),
    write: (value) => grouped(value, '.', '').slice(0, -2),
    bad: BAD,
  },
  dated('ISO dates', (year, month, day) => `${year}-${month}-${day}`),
  dated('dotted dates', (year, month, day) => `${day}.${month}.${year}`),
  dated('dashed dates, day first', (year, month, day) => `${day}-${month}-${year}`),
  dated('slashed dates, month first', (year, month, day) => `${month}/${day}/${year}`),
  dated('PostgreSQL times', (year, month, day) => `${year}-${month}-${day} 00:00:00+00`),
  dated('Chinese dates', (year, month, day) => `${year}年${month}月${day}日`),
  {
    name: 'times of day',
    value: (row) => (row * 7) % 24,
    write: (value) => `${value}:00:00`,
    bad: ['25:00:00', 'noon'],
  },
]

/** Writes a file with the column, another one and the label; the cells of the column in `badAt` are bad. */
function fileWith({ value, write, bad }: Style, badAt: readonly number[], rows: readonly number[]): string {
  const lines = rows.map((row, at) => {
    const cell = badAt.includes(at) ? bad[badAt.indexOf(at) % bad.length]! : write(value(row))
    return [
      `"${cell}"`,
      String((row * 37) % 11),
      value(row) + ((row * 37) % 11) > value((row * 31) % ROWS) ? 'yes' : 'no',
    ].join(';')
  })
  return fileOf(`x;z;y\n${lines.join('\n')}\n`)
}

const options = { target: 'y', ordered: true, drop: [], asCategories: [], seed: 1 }
const TRAIN = 96
const all = Array.from({ length: ROWS }, (_, row) => row)
const closeTo = (value: number) => expect.closeTo(value, Math.abs(value) > 1000 ? 1 : 4)

describe.each(styles.map((style) => [style.name, style] as const))('%s', (_, style) => {
  test.each([
    ['nowhere', []],
    ['the first rows', [0, 1, 2]],
    ['the training rows', [10, 40, 77]],
    ['the newest rows', [TRAIN + 3, ROWS - 1]],
  ])('features, with bad cells in %s', async (_place, badAt) => {
    const { data, encoding, notes } = tableData(await readTable(fileWith(style, badAt, all)), options)
    expect(encoding[0]!.kind).not.toBe('category')
    for (const row of all)
      expect(data.rows[row * data.width]).toEqual(badAt.includes(row) ? Number.NaN : closeTo(style.value(row)))
    expect(notes.filter((note) => note.includes('of x can'))).toHaveLength(badAt.length === 0 ? 0 : 1)
    if (badAt.length > 0) expect(notes.join()).toContain(`data.csv:${badAt[0]! + 2})`)
  })

  test('predict and explain read new rows as the model was trained, bad cells as missing', async () => {
    const table = await readTable(fileWith(style, [5], all))
    const { artefact } = await trainOnTable(table, {
      ...options,
      families: [familyNamed('linear')],
      settings: { linear: { lambda: 0.01, l1Ratios: [0] } },
      select: [],
      groups: [],
    })
    const fresh = Array.from({ length: 40 }, (_, at) => ROWS + at)
    const { rows, width, unexpected } = rowsForModel(
      await readTable(fileWith(style, [1, 7], fresh)),
      decodeArtefact(artefact),
    )
    fresh.forEach((row, at) =>
      expect(rows[at * width]).toEqual([1, 7].includes(at) ? Number.NaN : closeTo(style.value(row))),
    )
    expect(unexpected.find(({ column }) => column === 'x')).toMatchObject({ kind: 'unread', count: 2 })
    const { contributions } = explainRow(
      modelFrom(artefact, 'id'),
      decodeArtefact(artefact),
      rows.subarray(width, 2 * width),
    )
    expect(contributions.find(({ feature }) => feature === 'x')!.value).toBeNull()
  })

  test('the same cells as a target, and as the time of rows', async () => {
    const table: Table = await readTable(fileWith(style, [], all))
    if (!/date|time/i.test(style.name)) {
      const { kind, data } = tableData(table, { ...options, target: 'x' })
      expect(kind).toBe('regression')
      data.labels.forEach((label, row) => expect(label).toBeCloseTo(style.value(row), 6))
    }
    const { data, tableRows } = tableData(table, { ...options, ordered: false, time: 'x' })
    const order = [...all].sort((a, b) => style.value(a) - style.value(b) || a - b)
    if (new Set(all.map(style.value)).size === ROWS) expect([...tableRows]).toEqual(order)
    expect(data.times.every((time, at) => at === 0 || time >= data.times[at - 1]!)).toBe(true)
    const { times } = momentsOf(
      all.map((row) => ({ at: style.write(style.value(row)) })),
      'at',
      undefined,
    )
    expect([...all].sort((a, b) => times[a]! - times[b]! || a - b)).toEqual(order)
  })
})

describe('names', () => {
  const cities = ['广州', '杭州', '深圳', '上海', 'Москва'] as const
  const text = (names: readonly string[]) =>
    `city,x,y\n${all.map((row) => `${names[row % names.length]},${(row * 13) % 50},${row % 3 === 0 ? 1 : 0}`).join('\n')}\n`

  test('are the same in every encoding', async () => {
    const chinese = text(cities.slice(0, 4))
    const said: string[] = []
    const contents = [Buffer.from(chinese), encoded(chinese, 'gb18030'), Buffer.from(`\ufeff${chinese}`, 'utf16le')]
    for (const content of contents) {
      const table = await readTable(fileOf(content), { onWarning: (one) => said.push(one) })
      expect(new Set(table.columns[0]!.cells)).toEqual(new Set(cities.slice(0, 4)))
    }
    expect(said).toHaveLength(1)
    const russian = await readTable(fileOf(encoded(text(['Москва', 'Казань']), 'windows-1251')), {
      encoding: 'windows-1251',
    })
    expect(russian.columns[0]!.cells).toEqual(['Москва', 'Казань'])
  })

  test.each([
    ['1', '1.0'],
    ['yes', ' yes '],
    ['Zürich', 'Zu\u0308rich'],
  ])('%j and %j are the same as a category, a label, --positive, a group', async (name, other) => {
    const of = (write: string) =>
      all.map((row) => `${row % 2 === 0 ? write : '2'},${(row * 13) % 50},${row % 2 === 0 ? write : '0'}`).join('\n')
    const table = await readTable(fileOf(`c,x,y\n${of(name)}\n${of(other)}\n`))
    const { data, encoding, positive } = tableData(table, {
      ...options,
      asCategories: ['c'],
      positive: other,
      customer: undefined,
    })
    const { categories } = encoding[0] as { categories: readonly string[] }
    expect(categories.toSorted()).toEqual(['2', name].toSorted())
    expect(positive).toBe(name)
    expect(data.labels.reduce((sum, label) => sum + label, 0)).toBe(ROWS)
    const { rows, unexpected } = rowsForModel(await readTable(fileOf(`x,c\n1,${other}\n1,3\n`)), {
      table: encoding,
    } as never)
    expect([rows[0], rows[2]]).toEqual([categories.indexOf(name), 2])
    expect(unexpected).toMatchObject([{ kind: 'unknown', count: 1 }])
    expect(new Set(tableData(table, { ...options, ordered: false, customer: 'c' }).data.customers).size).toBe(2)
  })
})
