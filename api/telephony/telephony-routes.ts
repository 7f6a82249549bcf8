import type { FastifyRequest } from 'fastify'
import type { ApiPorts, LiveCalls, TelephonySettings } from '../ports.ts'
import { ProblemError } from '../http/problem.ts'
import type { Server } from '../http/server.ts'
import { wallClock, type Clock } from './clock.ts'
import { isSigned } from './conversation-relay/signature.ts'
import { relaySession } from './conversation-relay/session.ts'
import { jambonzSession } from './jambonz/session.ts'
import { hasToken } from './jambonz/token.ts'
import { acceptSockets, addSocket, JAMBONZ_PROTOCOL } from './sockets.ts'
import { createSwitchboard } from './switchboard.ts'

type TelephonyPorts = Pick<ApiPorts, 'telephony' | 'logError'>

/** Adds the sockets of the call systems that are configured. Without its secret, a socket does not exist. */
export async function telephonyRoutes(
  server: Server,
  { telephony: settings, logError }: TelephonyPorts,
  liveCalls: LiveCalls,
  clock: Clock = wallClock,
): Promise<void> {
  if (settings === undefined) return
  const { jambonzToken: token, conversationRelay: relay } = settings
  if (token === undefined && relay === undefined) return
  await acceptSockets(server)
  const switchboard = createSwitchboard({ liveCalls, clock, logError })
  server.addHook('onClose', () => Promise.resolve(switchboard.close()))
  const options = { switchboard, settings, logError }
  if (token !== undefined)
    addSocket(server, {
      path: '/telephony/jambonz',
      check: (request) => checkJambonz(request, token),
      open: (line) => jambonzSession(line, options),
      logError,
    })
  if (relay !== undefined)
    addSocket(server, {
      path: '/telephony/conversation-relay',
      check: (request) => checkRelay(request, relay),
      open: (line) => relaySession(line, options),
      logError,
    })
}

function checkJambonz({ headers }: FastifyRequest, token: string): void {
  if (!hasToken(headers.authorization, token))
    throw new ProblemError(
      'not-authenticated',
      'Set JAMBONZ_TOKEN as the password of the application’s calling webhook in jambonz.',
    )
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  if (!offered.includes(JAMBONZ_PROTOCOL))
    throw new ProblemError('invalid-request', `The connection must offer the sub-protocol ${JAMBONZ_PROTOCOL}.`)
}

function checkRelay(
  { headers }: FastifyRequest,
  { authToken, url }: NonNullable<TelephonySettings['conversationRelay']>,
): void {
  const signature = headers['x-twilio-signature']
  if (!isSigned(authToken, url, [signature].flat()[0]))
    throw new ProblemError(
      'not-authenticated',
      'The header X-Twilio-Signature is missing or wrong: TWILIO_AUTH_TOKEN must be the account’s, and CONVERSATION_RELAY_URL the address in the TwiML, to the letter.',
    )
}
