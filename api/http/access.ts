import type { FastifyInstance, RouteOptions } from 'fastify'
import type { OwnedKind } from '../../store/access/owned.ts'

/**
 * The permissions that routes can require. Every route declares one, so that none is forgotten; they are checked unless
 * access is open (`api/access/authenticate.ts`).
 */
export const rights = {
  public: 'No right is needed: exposes no customer data.',
  'write-events': 'Send events. For the bank’s systems.',
  'read-customers': 'See customers: their scores, reasons, alerts and calls.',
  'read-sales': 'See opportunities, visits and priorities.',
  'review-cases': 'Review visits under one’s own name: assign, answer, decide, and snooze alerts.',
  'dispatch-calls':
    'Ask whether customers may be called now and what to say to them, which is recorded. For call systems.',
  score: 'Have a model score the data in the request; nothing is stored.',
  'read-settings': 'See policies, thresholds and the dictionary.',
  'write-settings': 'Change policies, thresholds and the dictionary under one’s own name.',
  'redrive-records': 'Send the records of dead letters to their topics again under one’s own name.',
  'send-messages': 'Test channels, and send dead deliveries again.',
  'read-models': 'See models and features.',
  'release-models': 'Promote, try, roll back and freeze models under one’s own name.',
  'read-schemas': 'Read the schemas of topics. For consumers and producers.',
  administer: 'List, make and revoke API keys; export and erase all that is known of a person.',
  operate: 'See the state of the platform: status, metrics, dead letters, deliveries, gaps.',
} as const
export type Right = keyof typeof rights

/** Objects that a right extends to: all, those of the person’s team, or the salesperson’s own. */
export type Scope = 'all' | 'team' | 'own'

/** Rights to what concerns no customer and no salesperson. No scope limits them. */
export const unscopedRights: ReadonlySet<Right> = new Set<Right>(['read-settings', 'read-models', 'read-schemas'])

/** Stands for the salesperson’s own id in `OwnUse.query`. */
export const OWN_ID = ':own'
/** Stands for the person’s team in `OwnUse.query`. */
export const OWN_TEAM = ':team'

/** Limits on the use of a route by people who may see only a part of the objects. Everything named here must hold. */
export interface OwnUse {
  /** Query parameters with the only value that they may have; filled in if they are missing. */
  readonly query?: Readonly<Record<Exclude<Scope, 'all'>, Readonly<Record<string, string>>>>
  /** Other values of query parameters that a team lead may send, with parameters that name an object of the team. */
  readonly teamAlso?: {
    readonly query: Readonly<Record<string, string>>
    readonly ids: Readonly<Record<string, OwnedKind>>
  }
  /** Path parameters, with the kind of object that each names. */
  readonly params?: Readonly<Record<string, OwnedKind>>
  /** The field with the id in each item of a list of the body, with the kind of object that it names. */
  readonly items?: { readonly list: string; readonly field: string; readonly kind: OwnedKind }
  /** Fields of the body, with the values that they may have for a salesperson. */
  readonly body?: Readonly<Record<string, readonly string[]>>
  /** Whether people who see only their own may not use it at all. */
  readonly teamOnly?: true
}

/** Limits of what can be filtered by team only, so that salespeople may not use it. */
export const ofTeamOnly: OwnUse = { query: { own: {}, team: { teamId: OWN_TEAM } }, teamOnly: true }
/** Limits of what can be filtered by salesperson and by team. */
export const ownOfList: OwnUse = { query: { own: { salespersonId: OWN_ID }, team: { teamId: OWN_TEAM } } }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The right that the route needs. */
    access?: Right
    /** Whether the route checks credentials of its own, such as the secret of a call system. */
    ownCredentials?: true
    /** How people whose right extends to a part of the objects may use the route; not set: they may not. */
    own?: OwnUse
  }
}

/** Makes the server refuse to start if a route defined after this call declares no permission. */
export function requireAccess(server: Pick<FastifyInstance, 'addHook'>): void {
  const routes: RouteOptions[] = []
  server.addHook('onRoute', (route) => void routes.push(route))
  server.addHook('onReady', (done) => {
    const open = routes.filter(({ config }) => config?.access === undefined || !Object.hasOwn(rights, config.access))
    if (open.length === 0) return done()
    const names = open.map(({ method, url }) => `${[method].flat().join(', ')} ${url}`).join('; ')
    done(new Error(`Routes must declare their permission in \`config.access\`: ${names}.`))
  })
}
