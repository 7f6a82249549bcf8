import { purchases } from '../schemas/customers/banking.ts'
import { timeOf } from './calendar.ts'
import { csvRows, minorUnits, number, text } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { topicEvent, type Importer, type TopicEvent } from './importer.ts'
import { sortedByTime } from './in-time-order.ts'

/**
 * Purchases of new customers of an online shop from their first one on, 1997 and 1998. The file is sorted by customer,
 * so its rows are held in memory and sorted by time. Days are read as UTC at 00:00, because the data set has no time of
 * day. `Price` is the total for all CDs of a row.
 */
export const cdnow: Importer = {
  name: 'cdnow',
  description: 'CD purchases of an online shop’s customers 1997–1998 → purchases',
  licence: 'GPL (data of an R package)',
  async *read(folder) {
    const file = await findFile(folder, /^cdnow.*\.csv(\.gz)?$/)
    const events: TopicEvent[] = []
    const nth = new Map<string, number>()
    for await (const row of csvRows(file, { columns: ['Id', 'Date', 'CDs', 'Price'] })) {
      const customer = text(row, 'Id')
      const purchase = (nth.get(customer) ?? 0) + 1
      nth.set(customer, purchase)
      events.push(
        topicEvent(purchases, {
          id: `cdnow-${customer}-${purchase}`,
          occurredAt: timeOf(row, 'Date', 'date'),
          source: 'cdnow',
          customerId: `cdnow-${customer}`,
          product: null,
          category: 'music',
          quantity: number(row, 'CDs'),
          amountMinor: minorUnits(row, 'Price'),
          currency: 'USD',
          channel: 'web',
        }),
      )
    }
    yield* sortedByTime(events)
  },
}
