import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { NetworkData } from '../../models/deep/network-data.ts'
import type { Dataset } from '../../models/model.ts'
import { columnNamed, type Table } from '../../models/table/table.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'

/** Known labels needed for a characteristic to be included. */
const LABELS_MIN = 100

export interface CardPreferences {
  /** One row per customer, without times, which are not known. */
  readonly data: NetworkData
  /**
   * The same rows with what was asked instead of what was answered: what the questions alone give away of the labels.
   */
  readonly asked: Float32Array
  readonly choices: CardChoices
  /** Names of the characteristics: those of the columns. */
  readonly outputs: readonly string[]
}

/** The second half of the answers, one per row: which of two offers was taken. */
export interface CardChoices {
  /** Index of the customer among the rows of `data`. */
  readonly customers: Int32Array
  /** How much more of each characteristic the first offer has. */
  readonly offers: Dataset
  /**
   * The same with the customer's row, and with each difference times the customer's earlier answers to the same
   * characteristic.
   */
  readonly offersAndPerson: Dataset
}

/**
 * Reads what customers of a bank answered when they chose between two card offers at a time (Allenby and Ginter 1995;
 * the data of R's bayesm). Each row of the table is a choice: +1 where the first offer has a characteristic and the
 * second has not, −1 the other way round; `choice` is 1 for the first.
 *
 * Rows and labels: the answers of each customer are halved by turns. The first half, with age, income and gender, is
 * the row: for each characteristic how often the customer took the side that has it, less how often the other. The
 * second half gives the labels: 1 where the customer took the side with the characteristic more often than the other, 0
 * where less often, unknown after a tie or if it was not asked. The data don't show the order of the questions, whether
 * a characteristic was wanted or the one traded against it was unwanted, nor what customers did afterwards: nothing was
 * bought here.
 */
export async function cardPreferences(): Promise<CardPreferences | undefined> {
  const folder = join(resolve(process.env['SCORELINE_DATA'] ?? '../shared/data'), 'card_conjoint')
  const files = [join(folder, 'dev_choiceAtt.csv.gz'), join(folder, 'dev_demo.csv.gz')] as const
  if (!files.every((file) => existsSync(file))) return undefined
  const [choices, people] = await Promise.all(files.map((file) => readTable(file)))
  return preferencesOf(choices!, people!)
}

/**
 * Computes preferences from tables. `choices`: id, choice and a column per characteristic; `people`: id and numbers.
 */
export function preferencesOf(choices: Table, people: Table, labelsMin = LABELS_MIN): CardPreferences {
  const answers = answersIn(choices)
  const { characteristics, ofCustomers } = answers
  const count = ofCustomers.size
  const traits = people.columns.map(({ name }) => name).filter((name) => name !== 'id')
  const { rows, asked, net, width } = halves(answers, people, traits)
  const kept = characteristics.flatMap((_, place) =>
    isEnough(net, place, characteristics.length, labelsMin) ? [place] : [],
  )
  return {
    choices: laterChoices(answers, { rows, width, traits: traits.length }),
    asked,
    outputs: kept.map((place) => characteristics[place]!),
    data: {
      count,
      width,
      rows,
      texts: Array.from({ length: count }, () => null),
      featureNames: [...traits, ...characteristics.map((name) => `earlier ${name}`)],
      outputs: kept.length,
      labels: labelsOf(net, kept, characteristics.length),
      times: new Float64Array(count).fill(Number.NaN),
    },
  }
}

interface Answers {
  readonly characteristics: readonly string[]
  /** How much more the first offer has, by characteristic and answer. */
  readonly differences: readonly Float64Array[]
  /** 1 for the first offer, by answer. */
  readonly chosen: Float64Array
  /** Answers of each customer in their order, by id. */
  readonly ofCustomers: ReadonlyMap<number, readonly number[]>
}

function answersIn(choices: Table): Answers {
  const characteristics = choices.columns.map(({ name }) => name).filter((name) => name !== 'id' && name !== 'choice')
  const ids = numbersOf(choices, 'id')
  return {
    characteristics,
    differences: characteristics.map((name) => numbersOf(choices, name)),
    chosen: numbersOf(choices, 'choice'),
    ofCustomers: Map.groupBy(ids.keys(), (row) => ids[row]!),
  }
}

/**
 * Returns the rows, from the first half of the answers, and `net`, the sums over the second half; one row per customer
 * each.
 */
function halves(
  { characteristics, differences, chosen, ofCustomers }: Answers,
  people: Table,
  traits: readonly string[],
) {
  const known = new Map(Array.from(numbersOf(people, 'id'), (id, row) => [id, row]))
  const traitNumbers = traits.map((name) => numbersOf(people, name))
  const width = traits.length + characteristics.length
  const rows = new Float32Array(ofCustomers.size * width)
  const asked = new Float32Array(ofCustomers.size * width)
  const net = new Float64Array(ofCustomers.size * characteristics.length)
  ;[...ofCustomers].forEach(([id, answers], customer) => {
    const person = known.get(id)
    traitNumbers.forEach(
      (of, trait) => (rows[customer * width + trait] = person === undefined ? Number.NaN : of[person]!),
    )
    answers.forEach((answer, turn) => {
      const side = chosen[answer] === 1 ? 1 : -1
      differences.forEach((of, characteristic) => {
        const won = side * of[answer]!
        const place = customer * width + traits.length + characteristic
        if (turn % 2 === 0) {
          rows[place]! += won
          asked[place]! += Math.abs(won)
        } else net[customer * characteristics.length + characteristic]! += won
      })
    })
  })
  return { rows, asked, net, width }
}

/** Whether enough labels of a characteristic are known, and of both kinds. */
function isEnough(net: Float64Array, characteristic: number, characteristics: number, labelsMin: number): boolean {
  const of = net.filter((_, place) => place % characteristics === characteristic)
  const positive = of.filter((value) => value > 0).length
  const negative = of.filter((value) => value < 0).length
  return positive + negative >= labelsMin && Math.min(positive, negative) > 0
}

function labelsOf(net: Float64Array, kept: readonly number[], characteristics: number): Float64Array {
  const customers = net.length / characteristics
  const labels = new Float64Array(customers * kept.length)
  for (let customer = 0; customer < customers; customer++) {
    kept.forEach((characteristic, output) => {
      const won = net[customer * characteristics + characteristic]!
      labels[customer * kept.length + output] = won === 0 ? Number.NaN : won > 0 ? 1 : 0
    })
  }
  return labels
}

/** Returns the second half of the answers as choices. */
function laterChoices({ differences, chosen, ofCustomers }: Answers, earlier: Earlier): CardChoices {
  const later = [...ofCustomers.values()].flatMap((answers, customer) =>
    answers.filter((_, turn) => turn % 2 === 1).map((answer) => ({ customer, answer })),
  )
  const offers = later.map(({ answer }) => differences.map((of) => of[answer]!))
  const taken = Float64Array.from(later, ({ answer }) => chosen[answer]!)
  const offersAndPerson = later.map(({ customer }, index) => withPerson(offers[index]!, customer, earlier))
  return {
    customers: Int32Array.from(later, ({ customer }) => customer),
    offers: datasetOf(offers, taken),
    offersAndPerson: datasetOf(offersAndPerson, taken),
  }
}

interface Earlier {
  readonly rows: Float32Array
  readonly width: number
  /** Number of leading values of a row that are traits rather than answers. */
  readonly traits: number
}

function withPerson(offer: readonly number[], customer: number, { rows, width, traits }: Earlier): number[] {
  const person = [...rows.subarray(customer * width, (customer + 1) * width)]
  const liked = offer.map((difference, characteristic) => difference * person[traits + characteristic]!)
  return [...offer, ...person, ...liked, liked.reduce((sum, one) => sum + one, 0)]
}

function datasetOf(rows: readonly (readonly number[])[], labels: Float64Array): Dataset {
  const width = rows[0]?.length ?? 0
  return {
    count: rows.length,
    width,
    rows: Float32Array.from(rows.flat()),
    texts: rows.map(() => null),
    featureNames: Array.from({ length: width }, (_, place) => `number ${place}`),
    labels,
    times: new Float64Array(rows.length).fill(Number.NaN),
  }
}

function numbersOf(table: Table, name: string): Float64Array {
  const { cells, codes } = columnNamed(table, name)
  const numbers = cells.map(Number)
  return Float64Array.from(codes, (code) => numbers[code]!)
}
