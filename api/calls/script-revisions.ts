import { Type, type Static } from 'typebox'
import { wilsonInterval } from '../../models/evaluation/intervals.ts'
import { identifier } from '../../schemas/avro/schema.ts'
import { scriptTemplates, type ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import { confusingParts, recordRevisionDecision, type ConfusingPart } from '../../store/calls/confusing-parts.ts'
import { setSetting, settingVersions } from '../../store/versioned-settings.ts'
import { isoTimes } from '../http/iso-times.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { personal } from '../http/personal.ts'
import { nullable, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { activeSetting, settingOn, withEditProblems } from '../versioned-settings.ts'
import { activeSessionPolicy } from './new-session.ts'
import { Estimate, rateEstimate } from './rate-estimate.ts'
import { withWording, wordingOf } from './revise-template.ts'

const subject = {
  template: Type.String(identifier.json),
  templateVersion: Type.Integer({ minimum: 0 }),
  partId: Type.String({ ...Text, description: 'Id of the part, or `answer:` and the objection.' }),
}
const Revision = Type.Object({
  ...subject,
  calls: Type.Integer({ description: 'Calls in which it was said.' }),
  confused: Type.Integer({ description: 'Calls in which the customer did not understand it.' }),
  confusionRate: Estimate,
  examples: personal('texts', Type.Array(Type.String(), { description: 'What these customers said, newest first.' })),
  text: nullable(Type.String(), 'The present text; null if the version is no longer known.'),
  proposedText: nullable(
    Type.String(),
    'The simpler wording; null if the template has none and a person must write it.',
  ),
  decision: nullable(Type.String(), 'accepted or rejected; null: not decided yet.'),
  newVersion: nullable(Type.Integer(), 'Version of the template that the revision made.'),
  decidedBy: nullable(Type.String()),
  reason: nullable(Type.String()),
  decidedAt: nullable(Type.String({ format: 'date-time' })),
})

const wording = Type.String({ ...Text, minLength: 1, maxLength: 4_000 })
const Decision = Type.Object(
  {
    ...subject,
    decision: Type.Enum(['accepted', 'rejected']),
    text: Type.Optional({ ...wording, description: 'The new text, a Liquid template. Default: the proposed one.' }),
    simpler: Type.Optional({ ...wording, description: 'The new simpler wording. Default: the present one.' }),
    decidedBy: ChangedBy,
    reason: Type.String({ ...Text, minLength: 1, maxLength: 1_000 }),
  },
  { additionalProperties: false },
)

/** Routes for revisions of scripts that confuse many callers: proposed from live calls, decided by a person (spec C8). */
export function scriptRevisionsRoutes(server: Server, ports: ApiPorts): void {
  server.get(
    '/script-revisions',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'Parts of scripts that confuse many callers, with a proposed wording and what was decided',
        response: { 200: Type.Object({ items: Type.Array(Revision) }), ...problems('invalid-request') },
      },
    },
    async () => ({ items: await proposedRevisions(ports) }),
  )
  server.post(
    '/script-revisions',
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['calls'],
        summary: 'Decide on a proposed revision; accepting it makes a new version of the template',
        body: Decision,
        response: {
          200: Type.Object({ newVersion: nullable(Type.Integer()) }),
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'not-possible', 'incomplete', 'conflict'),
        },
      },
    },
    async ({ body }) => ({ newVersion: await decide(ports, body) }),
  )
}

async function proposedRevisions(ports: ApiPorts): Promise<Static<typeof Revision>[]> {
  const { confusionCalls, confusionShare } = await activeSessionPolicy(ports)
  const found = (await confusingParts(ports.database, confusionCalls)).filter(
    ({ calls, confused, decision }) =>
      decision !== null || wilsonInterval(confused / calls, calls).lower > confusionShare,
  )
  return Promise.all(found.map((one) => revisionOf(ports, one)))
}

async function revisionOf(ports: ApiPorts, one: ConfusingPart): Promise<Static<typeof Revision>> {
  const template = await templateOf(ports, one)
  const present = template && wordingOf(template, one.partId)
  return {
    ...isoTimes(one),
    examples: [...one.examples],
    confusionRate: rateEstimate(one.confused, one.calls),
    ...{ text: present?.text ?? null, proposedText: present?.simpler ?? null },
  }
}

async function templateOf(
  { database, settings }: ApiPorts,
  { template, templateVersion }: Pick<ConfusingPart, 'template' | 'templateVersion'>,
): Promise<ScriptTemplate | undefined> {
  const setting = settingOn(settings, scriptTemplates)
  const versions = await settingVersions(database, setting, template)
  const found = versions.find(({ version }) => version === templateVersion)?.value
  return (found ?? (templateVersion === 0 ? setting.defaults.get(template) : undefined)) as ScriptTemplate | undefined
}

/** Returns the version of the template that the decision makes; null if it is rejected. */
async function decide(ports: ApiPorts, body: Static<typeof Decision>): Promise<number | null> {
  const { template, templateVersion, partId, decision, decidedBy, reason } = body
  const proposed = (await proposedRevisions(ports)).find(
    (one) => one.template === template && one.templateVersion === templateVersion && one.partId === partId,
  )
  if (proposed === undefined)
    throw new ProblemError(
      'not-found',
      `No revision of "${partId}" in ${template}, version ${templateVersion}, is proposed.`,
    )
  if (proposed.decision !== null)
    throw new ProblemError('not-possible', `The revision was ${proposed.decision} by ${proposed.decidedBy} already.`)
  const newVersion = decision === 'accepted' ? await revise(ports, body) : null
  const record = { template, templateVersion, partId, decision, newVersion, decidedBy, reason }
  if (!(await recordRevisionDecision(ports.database, { ...record, decidedAt: new Date() })))
    throw new ProblemError('not-possible', 'Somebody else has decided on the revision at the same moment.')
  return newVersion
}

async function revise({ database, settings }: ApiPorts, body: Static<typeof Decision>): Promise<number> {
  const { template: key, templateVersion: expectedVersion, partId, decidedBy: changedBy } = body
  const setting = settingOn(settings, scriptTemplates)
  const { version, value } = await activeSetting(database, setting, key)
  if (version !== expectedVersion)
    throw new ProblemError(
      'not-possible',
      `${key} has been changed since, to version ${version}: reject the revision, the new version is measured by itself.`,
    )
  const present = wordingOf(value as ScriptTemplate, partId)
  const text = body.text ?? present?.simpler
  if (text === undefined || text === null)
    throw new ProblemError('incomplete', `"${partId}" has no simpler wording: send the new \`text\`.`)
  const revised = withWording(value as ScriptTemplate, partId, {
    text,
    simpler: body.simpler ?? present?.simpler ?? null,
  })
  const set = await withEditProblems(() =>
    setSetting(database, setting, { key, value: revised, changedBy, expectedVersion }),
  )
  return set.version
}
