import { simCardStream } from '../../importers/sim-card-stream.ts'
import type { Transaction } from '../../schemas/customers/banking.ts'
import { countsByTopic, dataFolder, eventsOf, imported, withData } from './data-set.ts'

const fixture = `TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO
0,2018-04-01 00:00:31,596,3156,57.16,0,0
1,2018-04-01 00:02:10,4961,3412,146.0,1,2
`

describe('sim_card_stream', () => {
  it('turns a row into a card payment and keeps the fraud label to itself', async () => {
    const events = await imported(simCardStream, dataFolder({ 'dev.csv.gz': fixture }))
    expect(events).toHaveLength(2)
    expect(events[1]).toEqual({
      topic: 'transactions',
      event: {
        id: 'sim_card_stream-1',
        occurredAt: Date.UTC(2018, 3, 1, 0, 2, 10),
        source: 'sim_card_stream',
        customerId: 'card-4961',
        accountId: 'card-4961',
        amountMinor: -14_600,
        balanceMinor: null,
        currency: 'EUR',
        kind: 'card',
        category: null,
        counterparty: 'terminal-3412',
        channel: 'terminal',
      },
    })
  })

  it('names the row that it cannot read', async () => {
    const broken = fixture.replace('57.16', 'n/a')
    await expect(imported(simCardStream, dataFolder({ 'dev.csv': broken }))).rejects.toThrow(
      'dev.csv:2: TX_AMOUNT is "n/a"',
    )
  })

  withData('sim_card_stream', 'has an event for each of the 268,668 rows, and their sum', async (path) => {
    const events = await imported(simCardStream, path)
    expect(countsByTopic(events)).toEqual({ transactions: 268_668 })
    const payments = eventsOf<Transaction>(events, 'transactions')
    expect(new Set(payments.map((payment) => payment.customerId)).size).toBe(4_954)
    const spentMinor = payments.reduce((sum, payment) => sum - payment.amountMinor, 0)
    expect(spentMinor).toBe(1_439_152_781)
  })
})
