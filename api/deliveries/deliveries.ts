import { Type } from 'typebox'
import { deliveryStates, type DeliveryState } from '../../store/deliveries/delivery-states.ts'
import { listDeliveries, redriveDeliveries, type ListedDelivery } from '../../store/deliveries/deliveries.ts'
import { releaseChannels } from '../../store/deliveries/held-channels.ts'
import { byId } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { problems } from '../http/problem.ts'
import { filter, nullable, Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Status = Type.Unsafe<DeliveryState>({ type: 'string', enum: [...deliveryStates] })

const Delivery = Type.Object({
  number: Type.Integer(),
  channel: Type.String(),
  messageId: Type.String({ description: 'The same at every attempt, so that receivers can detect duplicates.' }),
  type: Type.String({ description: 'alert.raised, alert.withdrawn or potential-customer.changed.' }),
  kind: nullable(Type.String(), 'Kind of the alert; null if the message is about something else.'),
  record: Type.String({ description: 'The customer, whose messages are sent in order.' }),
  status: Status,
  attempts: Type.Integer({ description: 'Attempts so far; a redrive starts from 0.' }),
  answer: nullable(Type.String(), 'The receiver’s last answer, or what went wrong.'),
  occurredAt: Time,
  createdAt: Type.String({ format: 'date-time', description: 'When it entered the queue.' }),
  nextAt: nullable(Time, 'Time of the next attempt, if it is waiting.'),
  attemptedAt: nullable(Time, 'Time of the last attempt.'),
  finishedAt: nullable(Time, 'When it was delivered or given up.'),
})

/** Routes that list deliveries to channels, and send dead ones again. */
export function deliveriesRoutes(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/deliveries',
    access: 'operate',
    tag: 'operations',
    summary: 'Messages to channels and their delivery status, newest first',
    filters: { status: Type.Optional(Status), channel: filter(), record: filter('The customer.'), kind: filter() },
    item: Delivery,
    cursor: byId(({ number }: ListedDelivery) => String(number)),
    load: (reader, asked, { limit, after }) =>
      listDeliveries(reader, asked, { limit, ...(after === undefined ? {} : { after: numberOf(after) }) }),
    toItems: (_reader, rows) => rows.map(deliveryJson),
  })
  server.post(
    '/deliveries/redrive',
    {
      config: { access: 'send-messages' },
      schema: {
        tags: ['operations'],
        summary: 'Sends dead deliveries again: all, those of a channel, or single ones; a held channel resumes',
        body: Type.Object(
          {
            channel: Type.Optional(Type.String({ ...Text, maxLength: 1_024 })),
            numbers: Type.Optional(
              Type.Array(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), {
                minItems: 1,
                maxItems: 1_000,
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ redriven: Type.Integer({ description: 'Deliveries that are sent again.' }) }),
          ...problems('invalid-request', 'forbidden-origin'),
        },
      },
    },
    async ({ body: { channel, numbers } }) => {
      const redriven = await redriveDeliveries(database, { channel, numbers })
      if (numbers === undefined) await releaseChannels(database, channel)
      return { redriven }
    },
  )
}

/** Returns 0, a position after the last row, for the cursor of another list. */
function numberOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0
}

function deliveryJson(delivery: ListedDelivery) {
  const { nextAt, ...rest } = isoTimes(delivery)
  return { ...rest, nextAt: delivery.status === 'waiting' ? nextAt : null }
}
