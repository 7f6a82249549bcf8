import { join } from 'node:path'
import { csvRows, mapped, minorUnits, number, text, textOrNull, type Row } from '../../importers/csv-rows.ts'
import { timeOf } from '../../importers/calendar.ts'
import { dataFolder } from './data-set.ts'

async function rowsOf(content: string, columns: string[], delimiter = ',', name = 'set.csv'): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of csvRows(join(dataFolder({ [name]: content }), name), { columns, delimiter })) rows.push(row)
  return rows
}

const row = (cells: Record<string, string>): Row => ({ file: 'set.csv', line: 7, cells })

describe('csvRows', () => {
  it('reads quoted cells with delimiters and line ends, a byte-order mark, and tracks the line', async () => {
    const rows = await rowsOf('\uFEFFa;b\n1;"x;\ny"\n2;z\n', ['a', 'b'], ';')
    expect(rows.map((each) => each.cells)).toEqual([
      { a: '1', b: 'x;\ny' },
      { a: '2', b: 'z' },
    ])
    expect(rows[1]!.line).toBe(4)
  })

  it('unpacks by the name', async () => {
    expect((await rowsOf('a\n1\n', ['a'], ',', 'set.csv.gz'))[0]!.cells).toEqual({ a: '1' })
  })

  it('reports missing columns, broken compression, rows of another length and a missing file', async () => {
    await expect(rowsOf('a,b\n1,2\n', ['a', 'c'])).rejects.toThrow('lacks the columns c; it has a, b.')
    await expect(rowsOf('a,b\n1,2\n3\n', ['a'])).rejects.toThrow('set.csv:3 has 1 cells')
    const folder = dataFolder({ 'not-packed.csv': 'a\n1\n' })
    await expect(csvRows(join(folder, 'absent.csv'), { columns: [] }).next()).rejects.toThrow('There is no file')
  })
})

describe('cells', () => {
  it('are read or refused with their place', () => {
    expect(text(row({ a: ' x ' }), 'a')).toBe('x')
    expect(textOrNull(row({ a: ' ' }), 'a')).toBeNull()
    expect(number(row({ a: '5.00E+05' }), 'a')).toBe(500_000)
    expect(minorUnits(row({ a: '29.33' }), 'a')).toBe(2933)
    expect(mapped(row({ a: 'yes' }), 'a', { yes: 1, no: 0 })).toBe(1)
    expect(() => text(row({ a: '' }), 'a')).toThrow('set.csv:7: a is "", which is not a text.')
    expect(() => number(row({ a: '1,5' }), 'a')).toThrow('which is not a number')
    expect(() => mapped(row({ a: 'toString' }), 'a', { yes: 1, no: 0 })).toThrow('which is not one of yes, no')
  })

  it('are days of the calendar, in UTC', () => {
    expect(timeOf(row({ a: '930105' }), 'a', 'shortDate')).toBe(Date.UTC(1993, 0, 5))
    expect(timeOf(row({ a: '1997-01-18' }), 'a', 'date')).toBe(Date.UTC(1997, 0, 18))
    expect(timeOf(row({ a: '2018-04-01 00:00:31' }), 'a', 'dateTime')).toBe(Date.UTC(2018, 3, 1, 0, 0, 31))
    expect(() => timeOf(row({ a: '930231' }), 'a', 'shortDate')).toThrow('not a day of the calendar')
    expect(() => timeOf(row({ a: '18/01/1997' }), 'a', 'date')).toThrow('not a time like')
  })
})
