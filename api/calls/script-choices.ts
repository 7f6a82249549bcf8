import { Type } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { ScriptChoice } from '../../schemas/calls/script-choices.ts'
import { languageTag } from '../../schemas/rules.ts'
import { listChoices, type ChoiceRow } from '../../store/calls/script-choices.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { problems } from '../http/problem.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { scriptOptions, RenderedScript } from './rendered-script.ts'
import { scriptChooser } from './script-of-call.ts'

const choice = responseFields(ScriptChoice)

/** Routes for script choices: chosen by the results of earlier calls, and recorded (spec C9). */
export function scriptChoicesRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/script-choices',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Scripts chosen for calls, with all candidates and their probabilities, newest first',
    filters: { customerId: filter(), targetGroup: filter(), template: filter() },
    item: Type.Object({ ...choice, customerName: CustomerName }),
    cursor: newestFirst(({ callId }: ChoiceRow) => callId),
    load: listChoices,
    toItems: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
  chooseRoute(server, ports)
}

function chooseRoute(server: Server, ports: ApiPorts): void {
  const chooseScript = scriptChooser(ports)
  server.post(
    '/customers/:id/script-choices',
    {
      config: { access: 'dispatch-calls' },
      schema: {
        tags: ['calls'],
        summary:
          'Choose the script of a call, and render it for the customer; a repeated request for a call returns the same script',
        params: Type.Object({ id: Name }),
        body: Type.Object(
          {
            callId: Type.String({
              ...identifier.json,
              description: 'Id of the call: use it in the event `calls` too.',
            }),
            language: Type.String(languageTag.json),
            ...scriptOptions,
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ ...choice, script: RenderedScript }),
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'not-possible', 'incomplete', 'unavailable'),
        },
      },
    },
    async ({ params: { id: customerId }, body: { callId, language, ...options } }) => {
      const { product } = options
      const request = { callId, customerId, language, product, now: currentTime(ports) }
      const { choice: chosen, script } = await chooseScript(request, options)
      const { occurredAt, candidates } = chosen
      return {
        ...{ ...chosen, occurredAt: new Date(occurredAt).toISOString(), candidates: [...candidates] },
        script,
      }
    },
  )
}
