import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { callAttempts, type CallAttempt } from '../../schemas/calls/call-attempts.ts'
import { contactPermissions, type ContactPermission } from '../../schemas/calls/contact-permissions.ts'
import { dispositions, type Disposition } from '../../schemas/calls/dispositions.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { dispatchedCustomer, recordEnded } from '../../store/calls/dispatched-calls.ts'
import { newestSetting } from '../../store/versioned-settings.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { publishAll } from './publish-all.ts'

const CALLBACK_DAYS_MAX = 366
const NOT_RECORDED = 'The outcome was not recorded, send it again'

/** Route that records the outcome of a dispatched call. A later report corrects an earlier one. */
export function callOutcomeRoute(server: Server, ports: ApiPorts): void {
  const setting = settingOn(ports.settings, dispositions)
  server.put(
    '/campaigns/:name/attempts/:attemptId',
    {
      config: { access: 'dispatch-calls' },
      schema: {
        tags: ['calls'],
        summary:
          'Report the outcome of a call. A later report replaces an earlier one; do-not-call takes effect at once',
        params: Type.Object({ name: Name, attemptId: Name }),
        body: Type.Object(
          {
            disposition: Type.String({ ...identifier.json, description: 'A code from /dispositions.' }),
            callbackAt: Type.Optional(
              nullable(Type.String({ format: 'date-time' }), 'When the customer wants to be called back.'),
            ),
            agentId: Type.Optional(nullable(Type.String(identifier.json))),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ attemptId: Type.String(), customerId: Type.String(), disposition: Type.String() }),
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'incomplete', 'unavailable'),
        },
      },
    },
    async ({ params: { name: campaign, attemptId }, body }) => {
      const { disposition, agentId = null } = body
      const customerId = await dispatchedCustomer(ports.database, { campaign, attemptId })
      if (customerId === undefined)
        throw new ProblemError('not-found', `The campaign ${campaign} has not dispatched a call ${attemptId}.`)
      const stored = await newestSetting(ports.database, setting, disposition)
      const meaning = (stored?.value ?? setting.defaults.get(disposition)) as Disposition | undefined
      if (meaning === undefined || meaning.retired)
        throw new ProblemError('incomplete', `There is no disposition ${disposition}. GET /dispositions lists them.`)
      const now = currentTime(ports)
      const callbackAt = callbackOf(body.callbackAt ?? null, now)
      const frame = { occurredAt: now, source: 'scoreline/api', customerId }
      // Recorded before the outcome, so that no other campaign calls this customer in between.
      if (meaning.doNotCall)
        await publishAll(ports, contactPermissions as Topic, [doNotCallEvent(frame, attemptId)], NOT_RECORDED)
      const outcome: CallAttempt = {
        ...{ id: `${attemptId}/${randomUUID()}`, ...frame },
        ...{ campaign, attemptId, step: 'completed', disposition, callbackAt, agentId },
      }
      await publishAll(ports, callAttempts as Topic, [outcome], NOT_RECORDED)
      await recordEnded(ports.database, attemptId, new Date(now))
      return { attemptId, customerId, disposition }
    },
  )
}

function callbackOf(text: string | null, now: number): number | null {
  if (text === null) return null
  const at = Date.parse(text)
  if (!(at > now && at < now + CALLBACK_DAYS_MAX * DAY_MS))
    throw new ProblemError(
      'incomplete',
      `callbackAt is ${text}: it must be in the future, at most ${CALLBACK_DAYS_MAX} days ahead. It is ${new Date(now).toISOString()} here.`,
    )
  return at
}

function doNotCallEvent(
  frame: Pick<ContactPermission, 'occurredAt' | 'source' | 'customerId'>,
  attemptId: string,
): ContactPermission {
  return {
    ...{ id: `${attemptId}/do-not-call`, ...frame, kind: 'do-not-call', purpose: null, channel: null },
    ...{ form: null, expiresAt: null, evidence: `Said in the call ${attemptId}.` },
  }
}
