import { Type } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { products } from '../../schemas/calls/products.ts'
import { scriptChoicePolicies } from '../../schemas/calls/script-choice-policies.ts'
import { ScriptChoice, scriptChoices } from '../../schemas/calls/script-choices.ts'
import { scriptTemplates } from '../../schemas/calls/script-templates.ts'
import { targetGroups } from '../../schemas/calls/target-groups.ts'
import { languageTag } from '../../schemas/rules.ts'
import type { Topic } from '../../schemas/topic.ts'
import { chosenScript, saveChosenScript, markRecorded } from '../../store/calls/chosen-scripts.ts'
import { listChoices, type ChoiceRow } from '../../store/calls/script-choices.ts'
import { settingVersions } from '../../store/versioned-settings.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, Name, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { chooseScript, type ChoiceSources, type ChoiceRequest } from './choose-script.ts'
import { publishAll } from './publish-all.ts'
import { scriptOptions, RenderedScript, renderScript, type Draft } from './rendered-script.ts'
import { cachedBest, cachedResults } from './script-evidence.ts'

const choice = responseFields(ScriptChoice)

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
    toItems: (reader, rows) =>
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
    results: cachedResults(ports),
    best: cachedBest(),
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
      const known = await chosenScript(database, callId)
      if (known !== undefined) requireSame(known.choice, request)
      const render = (chosen: ScriptChoice) => renderChosen(ports, sources, chosen, options)
      // Rendered before the choice is kept: a script that can't be rendered must not be chosen.
      const first = known?.choice ?? (await chooseScript(sources, request))
      const rendered = await render(first)
      const stored = known ?? (await saveChosenScript(database, first))
      requireSame(stored.choice, request)
      if (!stored.isRecorded) await publishChoice(ports, stored.choice)
      const isFirst =
        stored.choice.template === first.template && stored.choice.templateVersion === first.templateVersion
      const { occurredAt, candidates } = stored.choice
      return {
        ...{ ...stored.choice, occurredAt: new Date(occurredAt).toISOString(), candidates: [...candidates] },
        script: isFirst ? rendered : await render(stored.choice),
      }
    },
  )
}

function requireSame({ callId, customerId, language }: ScriptChoice, request: ChoiceRequest): void {
  if (customerId === request.customerId && language === request.language) return
  throw new ProblemError(
    'not-possible',
    `The call ${callId} already has a script in ${language} for the customer ${customerId}: use a different callId for another call.`,
  )
}

async function publishChoice(ports: ApiPorts, chosen: ScriptChoice): Promise<void> {
  await publishAll(
    ports,
    scriptChoices as Topic,
    [chosen],
    'The choice can’t be recorded now, send the same request again',
  )
  await markRecorded(ports.database, chosen.callId, new Date())
}

async function renderChosen(
  { database, settings }: ApiPorts,
  { templates }: ChoiceSources,
  { customerId, template, templateVersion }: ScriptChoice,
  options: Parameters<typeof renderScript>[4],
) {
  // The version that was chosen; there may be a newer one by now.
  const versions = await settingVersions(database, templates, template)
  const content =
    versions.find(({ version }) => version === templateVersion)?.value ?? templates.defaults.get(template)!
  const script = await renderScript(database, settingOn(settings, products), content as Draft, customerId, options)
  return { ...script, template, templateVersion }
}
