import { Type } from 'typebox'

const optional = (description: string, options: { readonly pattern?: string } = {}) =>
  Type.Optional(Type.String({ minLength: 1, description, ...options }))

/** Variables of the configuration that say how call systems connect. */
export const telephonyVariables = {
  JAMBONZ_TOKEN: Type.Optional(
    Type.String({
      minLength: 16,
      description:
        'Secret with which jambonz connects to /telephony/jambonz: the password of the application’s calling webhook, at least 16 characters. Not set: the socket does not exist.',
    }),
  ),
  TWILIO_AUTH_TOKEN: optional(
    'Auth token of the Twilio account whose ConversationRelay connects to /telephony/conversation-relay; its signatures are checked. Not set: the socket does not exist.',
  ),
  CONVERSATION_RELAY_URL: optional(
    'Public address of that socket, as it is written in the TwiML, such as wss://scoreline.bank.example/telephony/conversation-relay. Twilio signs it.',
    { pattern: '^wss://' },
  ),
  TELEPHONY_LANGUAGE: Type.String({
    pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
    default: 'en-US',
    description: 'Language of calls that state none (BCP 47).',
  }),
  TELEPHONY_TRANSFER: Type.String({
    pattern: '^(queue:.+|tel:\\+[0-9]{4,15}|sips?:.+@.+|app:https?://.+)$',
    default: 'queue:agents',
    description:
      'Where jambonz transfers calls that an agent takes over: `queue:NAME` of jambonz, `tel:+NUMBER`, `sip:ADDRESS`, or `app:URL` of another application. With Twilio the TwiML decides.',
  }),
}
