import {
  array,
  boolean,
  bytes,
  double,
  enumeration,
  event,
  float,
  int,
  long,
  map,
  nullable,
  record,
  string,
  timestamp,
} from '../../../schemas/avro/schema.ts'
import { rowsOf, type RowOf } from '../../../store/sql/record-rows.ts'

const Line = record('Line', '', { name: string, note: nullable(string) })
const Call = event('Call', '', {
  open: boolean,
  mood: enumeration('Mood', ['calm', 'angry']),
  turns: int,
  offset: nullable(long),
  share: double,
  key: nullable(bytes),
  endedAt: nullable(timestamp),
  row: array(float),
  times: nullable(array(timestamp)),
  lines: array(Line),
  context: map(double),
})

const callRows = rowsOf(Call, { without: ['source'] })

test('each field has a column of the type that holds it', () => {
  const { columns, fields } = callRows
  expect(columns).toEqual({
    id: 'text',
    occurredAt: 'time',
    open: 'boolean',
    mood: 'text',
    turns: 'integer',
    offset: 'bigint',
    share: 'double precision',
    key: 'bytea',
    endedAt: 'time',
    row: 'real[]',
    times: 'times',
    lines: 'jsonb',
    context: 'jsonb',
  })
  expect(fields).toEqual(Object.keys(columns))
})

test('a selected row has times as dates and symbols as text', () => {
  const row = {} as RowOf<typeof callRows>
  const typed: {
    readonly id: string
    readonly mood: string
    readonly turns: number
    readonly occurredAt: Date
    readonly endedAt: Date | null
    readonly times: readonly Date[] | null
    readonly row: readonly number[]
    readonly lines: readonly { readonly name: string; readonly note: string | null }[]
  } = row
  // @ts-expect-error a time is no number
  const time: number = row.occurredAt
  // @ts-expect-error what was left out has no column
  const { source } = row
  expect([typed, time, source]).toEqual([{}, undefined, undefined])
})

test('a derived column is added to the fields, or replaces one', () => {
  const seen = event('Seen', '', { place: nullable(record('Place', '', { north: double })) })
  const { columns, rowOf } = rowsOf(seen, {
    without: ['place'],
    derived: {
      north: { schema: nullable(double), of: ({ place }) => place?.north ?? null },
      occurredAt: { schema: timestamp, of: ({ occurredAt }) => occurredAt + 1 },
    },
  })
  expect(columns).toEqual({ id: 'text', occurredAt: 'time', source: 'text', north: 'double precision' })
  const one = { id: 'a', occurredAt: 1, source: 's' }
  expect(rowOf({ ...one, place: { north: 50 } })).toMatchObject({ ...one, occurredAt: 2, north: 50 })
  expect(rowOf({ ...one, place: null })).toMatchObject({ north: null })
})

test('JSON is read through its schema if it was selected, the rest is unchanged', () => {
  const rows = [
    { turns: 1, lines: [{ name: 'a', more: 2 }], other: [{ name: 'b' }] },
    { turns: 2, lines: null, other: [] },
  ]
  expect(callRows.read(rows)).toEqual([
    { turns: 1, lines: [{ name: 'a', note: null }], other: [{ name: 'b' }] },
    { turns: 2, lines: null, other: [] },
  ])
  expect(rows[0]!.lines).toEqual([{ name: 'a', more: 2 }])
})
