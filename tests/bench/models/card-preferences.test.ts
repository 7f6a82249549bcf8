import { preferencesOf } from '../../../bench/models/card-preferences.ts'
import type { Table } from '../../../models/table/table.ts'

function table(names: readonly string[], rows: readonly (readonly number[])[]): Table {
  const columns = names.map((name, place) => {
    const cells = [...new Set(rows.map((row) => String(row[place])))]
    return { name, cells, codes: Int32Array.from(rows, (row) => cells.indexOf(String(row[place]))) }
  })
  return { count: rows.length, columns }
}

// The first and third answers of a customer form the row, the second and fourth give the labels.
const choices = table(
  ['id', 'choice', 'fee', 'rate', 'grace'],
  [
    [1, 1, 1, -1, 0],
    [1, 1, 1, 0, 0],
    [1, 0, 1, 0, -1],
    [1, 0, 0, 1, -1],
    [2, 0, 1, 0, 0],
    [2, 0, 1, 1, 0],
    [2, 1, 0, 1, 0],
    [2, 1, -1, 1, 0],
  ],
)
const people = table(
  ['id', 'age'],
  [
    [2, 50],
    [1, 20],
  ],
)

test('earlier answers form the row, later ones the labels; ties and missing answers are unknown', () => {
  const { data, outputs, asked } = preferencesOf(choices, people, 1)
  // The second customer has won once and lost once with the rate, and has only one answer for grace.
  expect(outputs).toEqual(['fee'])
  expect(data).toMatchObject({
    count: 2,
    width: 4,
    outputs: 1,
    featureNames: ['age', 'earlier fee', 'earlier rate', 'earlier grace'],
  })
  expect([...data.rows]).toEqual([20, 0, -1, 1, 50, -1, 1, 0])
  expect([...asked]).toEqual([0, 2, 1, 1, 0, 1, 1, 0])
  expect([...data.labels]).toEqual([1, 0])
})

test('choices have the offers, the person, and the person’s earlier answers on the same characteristic', () => {
  const { choices: later } = preferencesOf(choices, people, 1)
  expect([...later.customers]).toEqual([0, 0, 1, 1])
  expect([...later.offers.labels]).toEqual([1, 0, 0, 1])
  const { width, rows } = later.offersAndPerson
  expect([...rows.subarray(2 * width, 3 * width)]).toEqual([1, 1, 0, /**/ 50, -1, 1, 0, /**/ -1, 1, 0, /**/ 0])
})
