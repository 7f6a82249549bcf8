import { taiwanCredit } from '../../importers/taiwan-credit.ts'
import type { CreditLine } from '../../schemas/customers/banking.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import type { Profile } from '../../schemas/customers/profiles.ts'
import { countsByTopic, dataFolder, eventsOf, imported, withData } from './data-set.ts'

const fixture = `ID,LIMIT_BAL,SEX,EDUCATION,MARRIAGE,AGE,PAY_0,PAY_2,PAY_3,PAY_4,PAY_5,PAY_6,BILL_AMT1,BILL_AMT2,BILL_AMT3,BILL_AMT4,BILL_AMT5,BILL_AMT6,PAY_AMT1,PAY_AMT2,PAY_AMT3,PAY_AMT4,PAY_AMT5,PAY_AMT6,class
1,20000,2,2,1,24,2,2,-1,-1,-2,-2,3913,3102,689,0,0,0,0,689,0,0,0,777,1
8,1.00E+05,1,0,2,23,0,-1,-1,0,0,-1,11876,380,601,221,-159,567,380,601,0,581,1687,1542,0
`
const owed = (lines: readonly CreditLine[]): number =>
  lines.reduce(
    (sum, { kind, amountMinor }) => sum + (kind === 'drawdown' ? amountMinor : kind === 'repayment' ? -amountMinor : 0),
    0,
  )

describe('taiwan_credit', () => {
  it('derives drawdowns from statements and payments, so that the debt equals the last statement', async () => {
    const events = await imported(taiwanCredit, dataFolder({ 'cards.csv': fixture }))
    const lines = Map.groupBy(eventsOf<CreditLine>(events, 'credit-lines'), ({ customerId }) => customerId)
    const told = lines
      .get('taiwan_credit-1')!
      .map(({ occurredAt, kind, amountMinor }) => [new Date(occurredAt).toISOString().slice(5, 10), kind, amountMinor])
    expect(told).toEqual([
      ['04-01', 'limit', 2_000_000],
      ['07-31', 'drawdown', 68_900],
      ['08-15', 'repayment', 68_900],
      ['08-31', 'drawdown', 310_200],
      ['09-30', 'drawdown', 81_100],
    ])
    expect(owed(lines.get('taiwan_credit-8')!)).toBe(1_187_600)
    expect(eventsOf<Profile>(events, 'profiles')[1]).toMatchObject({
      sex: 'male',
      birthYear: 1982,
      attributes: { education: 'unknown', marriage: 'single' },
    })
  })

  it('scores at the end of August what September shows', async () => {
    const events = await imported(taiwanCredit, dataFolder({ 'cards.csv': fixture }))
    const asked = eventsOf<Outcome>(events, 'outcomes')
    expect(asked.map(({ value }) => value)).toEqual([811 / 20_000, 11_876 / 100_000])
    for (const { asOf, occurredAt } of asked)
      expect([asOf, occurredAt]).toEqual([Date.UTC(2005, 8, 1) - 1, Date.UTC(2005, 9, 1)])
    // September’s status, October’s default and April’s payment become known too late, or settle amounts that the data
    // set lacks.
    for (const column of ['PAY_0', 'class', '777']) expect(JSON.stringify(events)).not.toContain(column)
  })

  withData('taiwan_credit', 'agrees with sums over the 30,000 rows', async (path) => {
    const events = await imported(taiwanCredit, path)
    expect(countsByTopic(events)).toEqual({ profiles: 30_000, 'credit-lines': 307_908, outcomes: 30_000 })
    const lines = eventsOf<CreditLine>(events, 'credit-lines')
    expect(owed(lines)).toBe(153_669_992_700)
    expect(eventsOf<Outcome>(events, 'outcomes').filter(({ value }) => value === 0)).toHaveLength(2_775)
  })
})
