import { Type } from 'typebox'
import type { CallSession } from '../../schemas/calls/call-sessions.ts'
import { CustomerName } from '../http/personal.ts'
import { Time } from '../http/schema-parts.ts'

/** What a live call is identified by, in lists and alone. */
export const SessionFields = {
  callId: Type.String(),
  customerId: Type.String(),
  customerName: CustomerName,
  language: Type.String(),
  template: Type.String(),
  templateVersion: Type.Integer(),
  startedAt: Time,
  lastAt: { ...Time, description: 'Time of the latest report about the call.' },
  isOver: Type.Boolean(),
}

export function sessionFields(session: CallSession, customerName: string | null) {
  const { callId, customerId, language, template, templateVersion, startedAt, lastAt, isOver } = session
  return {
    ...{ callId, customerId, customerName, language, template, templateVersion, isOver },
    startedAt: new Date(startedAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
  }
}
