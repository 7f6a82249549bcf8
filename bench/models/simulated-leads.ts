import { random } from '../../models/random.ts'

const ROWS = 4_000
const DAYS = 700
const FIRST_DAY = Date.UTC(2024, 0, 8)
const DAY_MS = 86_400_000

/**
 * Returns leads as a CRM exports them, in order of arrival, as CSV: dates with the day first, many salespeople and
 * towns, gaps, and sources whose value changes over the two years. About one in eight is won.
 */
export function simulatedLeads(seed: number): string {
  const next = random(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const whole = (count: number) => Math.floor(next() * count)
  const effects = (count: number, spread: number) => Array.from({ length: count }, () => spread * normal())
  const [towns, people, sources] = [effects(150, 0.7), effects(40, 0.6), effects(12, 0.7)]
  const later = effects(sources.length, 0.7)
  const lines = ['created;source;town;salesperson;visits;minutes;employees;budget;last_contact;won']
  for (let row = 0; row < ROWS; row++) {
    const when = row / ROWS
    const day = Math.floor(when * DAYS)
    // Low numbers are frequent: as uneven as names are.
    const uneven = (count: number) => Math.floor(count * next() ** 2.5)
    const [town, person, source] = [uneven(towns.length), whole(people.length), uneven(sources.length)]
    const [visits, minutes] = [Math.floor(4 * next() ** 2), Math.exp(2 + normal())]
    const employees = Math.round(Math.exp(3 + 1.2 * normal()))
    const waited = Math.floor(60 * next() ** 2)
    const weekday = new Date(FIRST_DAY + day * DAY_MS).getUTCDay()
    const logit =
      -2.9 +
      towns[town]! +
      people[person]! +
      (1 - when) * sources[source]! +
      when * later[source]! +
      0.5 * visits +
      0.25 * (Math.log(minutes) - 2) -
      0.02 * waited +
      (weekday === 1 ? 0.4 : 0) +
      0.6 * Math.sin((2 * Math.PI * day) / 365) +
      (employees > 50 ? 0.5 : 0)
    const won = next() < 1 / (1 + Math.exp(-logit))
    lines.push(
      [
        written(day),
        `source ${source}`,
        `town ${town}`,
        `person ${person}`,
        visits,
        minutes.toFixed(1),
        next() < 0.4 ? '' : employees,
        Math.round(1000 * Math.exp(normal())),
        written(day - waited),
        won ? 'yes' : 'no',
      ].join(';'),
    )
  }
  return `${lines.join('\n')}\n`
}

function written(day: number): string {
  const [year, month, date] = new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10).split('-')
  return `${date}-${month}-${year}`
}
