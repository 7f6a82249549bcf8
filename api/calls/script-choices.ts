import { Type } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { products } from '../../schemas/calls/products.ts'
import { scriptChoicePolicies } from '../../schemas/calls/script-choice-policies.ts'
import { ScriptChoice, scriptChoices } from '../../schemas/calls/script-choices.ts'
import { scriptTemplates } from '../../schemas/calls/script-templates.ts'
import { targetGroups } from '../../schemas/calls/target-groups.ts'
import { languageTag } from '../../schemas/rules.ts'
import type { Topic } from '../../schemas/topic.ts'
import { chosenScript, keepChosen, tellRecorded } from '../../store/calls/chosen-scripts.ts'
import { listChoices, type ChoiceRow } from '../../store/calls/script-choices.ts'
import { settingVersions } from '../../store/versioned-settings.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { answerFields } from '../http/answer-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, Name, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { readingTime } from '../reading-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { chooseScript, type ChoiceSources, type WantedChoice } from './choose-script.ts'
import { putOnRecord } from './put-on-record.ts'
import { askedOfScript, SaidScript, scriptFor, type Draft } from './said-script.ts'
import { rememberedBest, rememberedResults } from './script-evidence.ts'

const choice = answerFields(ScriptChoice)

/** Routes for script choices: chosen by the results of earlier calls, and recorded (spec C9). */
export function scriptChoicesRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/script-choices',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Scripts chosen for calls, with all candidates and their probabilities, newest first',
    filters: { customerId: filter(), targetGroup: filter(), template: filter() },
    item: Type.Object({ ...choice, customerName: nullable(Type.String()) }),
    cursor: newestFirst(({ callId }: ChoiceRow) => callId),
    load: listChoices,
    show: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
  chooseRoute(server, ports)
}

function chooseRoute(server: Server, ports: ApiPorts): void {
  const { database, settings } = ports
  const sources: ChoiceSources = {
    database,
    templates: settingOn(settings, scriptTemplates),
    groups: settingOn(settings, targetGroups),
    policies: settingOn(settings, scriptChoicePolicies),
    results: rememberedResults(ports),
    best: rememberedBest(),
  }
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
            ...askedOfScript,
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ ...choice, script: SaidScript }),
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'not-possible', 'incomplete', 'unavailable'),
        },
      },
    },
    async ({ params: { id: customerId }, body: { callId, language, ...asked } }) => {
      const { product } = asked
      const wanted = { callId, customerId, language, product, now: readingTime(ports) }
      const known = await chosenScript(database, callId)
      if (known !== undefined) requireSame(known.choice, wanted)
      const say = (chosen: ScriptChoice) => saidScript(ports, sources, chosen, asked)
      // Rendered before the choice is kept: a script that can't be rendered must not be chosen.
      const first = known?.choice ?? (await chooseScript(sources, wanted))
      const said = await say(first)
      const kept = known ?? (await keepChosen(database, first))
      requireSame(kept.choice, wanted)
      if (!kept.isRecorded) await record(ports, kept.choice)
      const isFirst = kept.choice.template === first.template && kept.choice.templateVersion === first.templateVersion
      const { occurredAt, candidates } = kept.choice
      return {
        ...{ ...kept.choice, occurredAt: new Date(occurredAt).toISOString(), candidates: [...candidates] },
        script: isFirst ? said : await say(kept.choice),
      }
    },
  )
}

function requireSame({ callId, customerId, language }: ScriptChoice, wanted: WantedChoice): void {
  if (customerId === wanted.customerId && language === wanted.language) return
  throw new ProblemError(
    'not-possible',
    `The call ${callId} already has a script in ${language} for the customer ${customerId}: use a different callId for another call.`,
  )
}

async function record(ports: ApiPorts, chosen: ScriptChoice): Promise<void> {
  await putOnRecord(
    ports,
    scriptChoices as Topic,
    [chosen],
    'The choice can’t be recorded now, send the same request again',
  )
  await tellRecorded(ports.database, chosen.callId, new Date())
}

async function saidScript(
  { database, settings }: ApiPorts,
  { templates }: ChoiceSources,
  { customerId, template, templateVersion }: ScriptChoice,
  asked: Parameters<typeof scriptFor>[4],
) {
  // The version that was chosen; there may be a newer one by now.
  const versions = await settingVersions(database, templates, template)
  const content =
    versions.find(({ version }) => version === templateVersion)?.value ?? templates.defaults.get(template)!
  const script = await scriptFor(database, settingOn(settings, products), content as Draft, customerId, asked)
  return { ...script, template, templateVersion }
}
