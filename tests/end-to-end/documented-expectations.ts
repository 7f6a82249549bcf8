/** The promised result of each documented command. */
import { ofBi } from './documented-bi.ts'
import { ofBuilds } from './documented-builds.ts'
import { ofModels } from './documented-models.ts'
import { known, ok, run, soon, type Expectation, type World } from './expectation.ts'

const noArchive = /There is no archive: set ARCHIVE_DIRECTORY/
const scored = (task: string) => async (world: World) => ((await world.isReleased(task)) ? 200 : 409)
const right = /Everything that was served matches the replay of the inputs\./
/** A small world may have too few outcomes for a model; the command then reports that. */
const trained = /"task"|can.t be trained yet: .* needed/
const suite = known('it runs this very suite, or the gate around it')
const campaign = known('tests/soak run most faults once', '--help')
const benchmark = known('it takes minutes and the whole machine', '--help')
const container = known('a test machine has no container engine: tests/deploy/containers checks the files')
const tuning = known(
  'a backbone is tuned for minutes: tests/commands and tests/retrainer do it on a small one',
  'train --help',
)

/** Expectations by command, without the headers and the body of a request. */
export const expectations: Readonly<Record<string, Expectation>> = {
  ...ofBi,
  ...ofBuilds,
  ...ofModels,
  'npm start': { kind: 'demo' },
  'npm start -- --wipe': { kind: 'demo' },
  'npm test': suite,
  'npm run check': suite,
  'npm run check:python': known('it installs programs of its own, and CI runs it'),
  'npm run watch': known('it waits for changes of files'),
  'npm run format': suite,
  'npm test -- tests/kafka': suite,
  "npm test -- -t 'aborted'": suite,
  'SCORELINE_TEST_SERVICES=none npm test -- tests/models': suite,
  'SCORELINE_TEST_SERVICES=none npm test -- tests/model-checker': suite,
  'npm test -- tests/soak': suite,
  'SCORELINE_EXTENSIONS=examples/extension npm run scoreline -- extensions check': known(
    'tests/composition/extensions runs it',
    'extensions --help',
  ),
  'SCORELINE_EXTENSIONS=examples/extension npm start': known('tests/examples/extension runs its processors'),
  'docker build --file deploy/containers/Dockerfile --tag scoreline:0.1.0 .': container,
  'docker compose --file deploy/containers/compose.yaml up --detach': container,
  'docker compose --file deploy/containers/compose.yaml run --rm api keys create --name Li --role administrator --by Li':
    container,
  'kubectl apply --filename deploy/kubernetes/config.yaml': container,
  'kubectl --namespace scoreline create secret generic scoreline --from-literal=database-url=… --from-literal=kafka-username=… --from-literal=kafka-password=…':
    container,
  'kubectl --namespace scoreline create secret generic scoreline-kafka-ca --from-file=ca.crt': container,
  'kubectl apply --filename deploy/kubernetes/setup.yaml': container,
  'kubectl --namespace scoreline wait --for=condition=complete job/topics job/migrate --timeout=5m': container,
  'kubectl apply --filename deploy/kubernetes/': container,
  'ONNXRUNTIME_NODE_INSTALL=skip npm install --global ./scoreline-0.1.0.tgz': known(
    'a test run does not install programs on its machine',
  ),
  'node tests/model-checker/main.ts': known('the wide scenarios take minutes'),
  'npm run setup:tensorflow': known('it downloads a library'),

  'npm run scoreline -- --help': run(/Usage: scoreline[^]*verify/),
  'npm run scoreline -- import berka ../data/berka --out events.jsonl': run(/"events":\s*\d+|\d+ events/, {
    instead: 'import berka berka --out events.jsonl',
    file: 'events.jsonl',
  }),
  'npm run scoreline -- import table payments.csv --mapping payments.jsonata --dry-run': run(
    /"refused":1,"events":\{"transactions":2\},"late":0,"sent":false/,
  ),
  'npm run scoreline -- import table payments.csv --mapping payments.jsonata --rejects rejected.jsonl': run(
    /"refused":1,[^]*"sent":true/,
    { file: 'rejected.jsonl' },
  ),
  'npm run scoreline -- replay events.jsonl --speed 3600': run(/"sent":\s*\d+/, {
    instead: 'replay events.jsonl --speed 100000000',
  }),
  'npm run scoreline -- import berka ../shared/data/berka --out events.jsonl.gz': run(/"events":\s*\d+|\d+ events/, {
    instead: 'import berka berka --out events.jsonl.gz',
    file: 'events.jsonl.gz',
  }),
  'npm run scoreline -- replay events.jsonl.gz --speed 60': run(/"sent":\s*\d+/, {
    instead: 'replay events.jsonl.gz --speed 100000000',
  }),
  'npm run scoreline -- backup --to backups/2026-03-02': run(/"topics":\d+,"records":\d+/, {
    file: 'backups/2026-03-02/manifest.json',
  }),
  // Its servers are in use: tests/composition/backup restores into empty ones.
  'npm run scoreline -- restore --from backups/2026-03-02': run(/is not empty: it has /, { code: 1 }),
  'npm run scoreline -- train conversion': run(trained),
  'npm run scoreline -- train conversion --algorithm text': known(
    'reading all texts with the backbone takes minutes: tests/retrainer',
    'train --help',
  ),
  'npm run scoreline -- train recommendation --compare': run(trained),
  'npm run scoreline -- train intent': run(trained),
  'npm run scoreline -- train gbm --data calls.csv --target y --out model': run(/"auc"/, { file: 'model/report.html' }),
  'npm run scoreline -- train gbm --data calls.csv --target y --drop duration --out model': run(/"auc"/, {
    file: 'model/metrics.json',
  }),
  'npm run scoreline -- drift --data stream.csv --target y --json alarms.json --out drift.html': run(/"alarms":\[/, {
    file: 'drift.html',
  }),
  'npm run scoreline -- evaluate-stream --data stream.csv --target y --drop duration --label-delay 100 --start 400 --retrain never,every:200,drift,incremental --out policies.html':
    run(/"logLoss":[^]*"trainings":1,/, { file: 'policies.html' }),
  'npm run scoreline -- predict --model model --data new.csv --out scored.csv': run(/(?:)/, { file: 'scored.csv' }),
  'npm run scoreline -- explain --model model --data new.csv --row 1': run(/"reasons"/),
  'npm run scoreline -- visits assess --data visits.jsonl --out assessed.jsonl': run(/"copied-text":2/, {
    file: 'assessed.jsonl',
  }),
  'npm run scoreline -- train text --data visits.jsonl --text text --target won --group opportunity --time at --out model':
    tuning,
  'npm run scoreline -- train text --data visits.jsonl --text text --target won --tune last --out model': tuning,
  'npm run scoreline -- train text --data visits.jsonl --text text --target won --tune all --compare --out model':
    tuning,
  'npm run scoreline -- train intent --data turns.jsonl --text text --target intent --out model': run(/"accuracy"/, {
    instead: 'train intent --data turns.jsonl --text text --target intent --out model --set epochs=1',
    file: 'model/metrics.json',
  }),
  'npm run scoreline -- train intent --data turns.jsonl --text text --target intent --context context --out model': run(
    /"accuracy"/,
    {
      instead:
        'train intent --data turns.jsonl --text text --target intent --context context --out model --set epochs=1',
      file: 'model/metrics.json',
    },
  ),
  'npm run scoreline -- predict --model model --data new.jsonl --out scored.jsonl': known(
    'the same as the next, with a model of texts',
    'predict --help',
  ),
  'npm run scoreline -- predict --model model --data new.jsonl --out told.jsonl': run(/(?:)/, { file: 'told.jsonl' }),
  'npm run scoreline -- policies list': run(/"version":0,"inForce":(?:true|false)/),
  'npm run scoreline -- policies show > policy.json': run(/(?:)/, { file: 'policy.json' }),
  'npm run scoreline -- policies backtest policy.json --days 30 --json report.json': run(
    /New flags: 0\. Vanished: 0\.[^]*It keeps its limit/,
    { file: 'report.json' },
  ),
  'npm run scoreline -- policies shadow policy.json --as fewer-doubts --by li': run(/"shadow":\["fewer-doubts"\]/),
  'npm run scoreline -- policies shadow': run(/"id":"fewer-doubts"/),
  'npm run scoreline -- policies shadow --stop fewer-doubts --by li': run(/"shadow":\[\]/),
  'npm run scoreline -- policies activate policy.json --by li --reason "Short stays are common at kiosks"': run(
    /"version":2,[^]*"reason":"Short stays are common at kiosks"/,
  ),
  'npm run scoreline -- policies rollback --by li --reason "Too many honest visits"': run(/"version":3,/),
  "npm run scoreline -- keys create --name 'Li Wei' --role administrator --by 'IT security'": run(/"key":"sl_/),
  "npm run scoreline -- keys create --name 'Zhao' --role team-lead --team team-1 --by 'Li'": run(/"team-1"/),
  "npm run scoreline -- keys create --name 'Wang Fang' --role salesperson --salesperson s-001 --days 30 --by 'Li Wei'":
    run(/"key":"sl_.*"salespersonId":"s-001"/),
  'npm run scoreline -- keys list': run(/"name":"Li Wei","roles":\["administrator"\]/),
  "npm run scoreline -- keys revoke 3f9c0a51be77 --by 'Li Wei'": run(/There is no API key "3f9c0a51be77"/, { code: 1 }),
  "npm run scoreline -- personal-data export c-00001 --out c-00001.ndjson --by 'Li Wei' --reason 'Request 12'": run(
    /"digest":"[0-9a-f]{64}","file":"c-00001.ndjson"/,
  ),
  "npm run scoreline -- customers merge crm-4711 --into crm-1274 --by 'Li Wei' --reason 'Same passport'": run(
    /There is no customer "crm-4711"/,
    { code: 1 },
  ),
  'curl -s -X POST localhost:8080/customers/crm-4711/merge': ok(/There is no customer .{2}crm-4711/, 404),
  // Others ask for these customers.
  "npm run scoreline -- personal-data erase c-00001 c-00002 --by 'Li Wei' --reason 'Request 12'": run(
    /"people":1,[^]*"erased":"[0-9a-f]{64}"[^]*"remainsIn":"visits","days":365/,
    { instead: "personal-data erase nobody --by 'Li Wei' --reason 'Request 12'" },
  ),
  "npm run scoreline -- personal-data erase --file people.txt --refuse-days 90 --by 'Li Wei' --reason 'Request 13'":
    known('tests/store/persons and tests/end-to-end/erase-personal-data erase many', 'personal-data erase --help'),
  'curl -s localhost:8080/keys': ok(/"name":"Li Wei"/),
  'curl -s -X POST localhost:8080/keys': ok(/Access is open/, 409),
  "curl -s -X DELETE 'localhost:8080/keys/3f9c0a51be77?changedBy=Li%20Wei'": ok(/There is no API key/, 404),
  'ACCESS=required npm start': known('the demo of this test is open'),
  'OIDC_ISSUER=https://login.bank.example OIDC_AUDIENCE=scoreline OIDC_ROLES=bank-sales=salesperson ACCESS=required npm start':
    known('it needs the provider of a bank; tests/api/access runs one'),
  'npm run scoreline -- dead-letters list': run(/UNDECODABLE/),
  'npm run scoreline -- deliveries': run(/(?:)/, { stop: /Deliveries are running/ }),
  'npm run scoreline -- deliveries list --status dead': run(/(?:)/),
  'npm run scoreline -- deliveries redrive --channel crm': run(/"redriven":/),
  'npm run scoreline -- cases list': run(/^$|"visitId"/),
  'npm run scoreline -- topics': run(/(?:)/),
  'npm run scoreline -- processors --only dormant-customers': run(/(?:)/, { stop: /Processors running: 1/ }),
  // The exit code depends on the machine: on its disk, and on what the world of this test has set aside.
  'npm run scoreline -- doctor': run(/^ok +brokers .* answers[^]*, 0 errors$/m, { code: [0, 1] }),
  'npm run scoreline -- doctor --json': run(/"check":"brokers","findings":\[\{"status":"ok"/, { code: [0, 1] }),
  'npm run scoreline -- verify': run(right),
  'npm run scoreline -- verify --processors customer-features --partitions 0': run(right),
  'npm run scoreline -- verify --no-database --json': run(/"ok":true/),
  'npm run scoreline -- verify --sample 2 --seed 7': run(right),
  // The demo has no archive: tests/composition/archive replays and verifies from one.
  'npm run scoreline -- verify --from-archive': run(noArchive, { code: 1 }),
  'npm run scoreline -- verify --at 2026-03-02T12:00:00Z --for 60': run(noArchive, { code: 1 }),
  'npm run scoreline -- archive': run(noArchive, { code: 1 }),
  'npm run scoreline -- archive --once': run(noArchive, { code: 1 }),
  'npm run scoreline -- scores replay loan-demand/transactions/3/1712/c-00017': run(noArchive, { code: 1 }),
  'npm run scoreline -- verify --recent 30': run(right, {
    instead: 'verify --recent 1 --processors customer-features,conversion',
  }),

  'npm run soak': campaign,
  'npm run soak -- --rounds 20': campaign,
  'npm run soak -- --rounds 100 --seed 7 --report soak.md': campaign,
  'npm run soak -- --list --rounds 100 --seed 7': known('the schedule is printed', '--list --rounds 100 --seed 7'),
  'npm run soak -- --faults zombie,rights --rounds 6': campaign,
  'npm run soak -- --brokers 1 --faults cut,delay': campaign,
  'npm run soak -- --rounds 50 --seed 20261129 --events-per-second 300': campaign,

  'curl -s localhost:8080/events/visits': ok(/(?:)/, 202),
  "curl -sG localhost:8080/customers --data-urlencode 'query=王'": ok(/"items":\[/),
  'curl -s localhost:8080/customers/c-00001': ok(/"customerId":"c-00001"/),
  "curl -s 'localhost:8080/customers/c-00001/scores?task=loan-demand'": ok(/"task":"loan-demand"/),
  "curl -s 'localhost:8080/customers/c-00001/timeline?limit=20'": ok(/"kind":"\w+","occurredAt"/),
  'curl -s localhost:8080/customers/c-00001/interests': ok(/"interests":\[/),
  "curl -s 'localhost:8080/priorities?scope=overall'": ok(/"entries":\[/),
  'curl -s localhost:8080/opportunities/o-c-00001-7/why': ok(/"opportunityId"|"detail"/, scored('conversion')),
  "curl -s 'localhost:8080/priorities?scope=salesperson&owner=s-001'": ok(/"entries":\[/),
  "curl -s 'localhost:8080/priorities?scope=overall&order=value'": ok(/"order":"value"/),
  "curl -s 'localhost:8080/salespeople/s-001/day-plan?visits=5'": ok(/"stops":\[/),
  "curl -s 'localhost:8080/salespeople/s-001/day-plan?visits=5&kmMax=200&from=31.23,121.47'": ok(/"stops":\[/),
  'curl -s localhost:8080/salespeople/s-001/list-changes': ok(/"unchanged":\d/),
  'curl -s localhost:8080/planning/visits': ok(/"sinceVisit":\[/),
  'curl -s localhost:8080/priorities/owners': ok(/^\[|"items":\[/),
  "curl -s 'localhost:8080/opportunities?status=open&salespersonId=s-001'": ok(/"salespersonId":"s-\d+"|"items":\[\]/),
  "curl -s 'localhost:8080/assessments?verdict=suspected_false'": ok(/"items":\[/),
  "curl -s 'localhost:8080/cases?status=undecided'": ok(/"items":\[/),
  "curl -s 'localhost:8080/case-summary?days=30'": ok(/"undecided":/),
  "curl -s 'localhost:8080/alerts?raised=true&kind=potential-loan-customer'": ok(/"items":\[/),
  'curl -s localhost:8080/potential-customers': ok(/"items":\[/),
  "curl -s 'localhost:8080/potential-customers/preview?threshold=0.5'": ok(/"byThreshold":\[/),
  "curl -s 'localhost:8080/scores?task=loan-demand'": ok(/"task":"loan-demand"/),
  'curl -s localhost:8080/features/c-00001': ok(/"featureSet":"customer@\d+"/),
  "curl -s 'localhost:8080/features/c-00001?names=transactions.count,transactions.spent'": ok(
    /"features":\{"transactions\.count":[^,]+,"transactions\.spent":[^,]+\}/,
  ),
  'curl -sX POST localhost:8080/features': ok(/"unknown":\[/),
  'curl -s localhost:8080/features': ok(/"meaning"|"name"/),
  "curl -s 'localhost:8080/models?task=conversion'": ok(/"items":\[/),
  'curl -s localhost:8080/score/loan-demand': ok(/"reasons"|"detail"/, scored('loan-demand')),
  'curl -s localhost:8080/score/conversion': ok(/"reasons"|"detail"/, scored('conversion')),
  'curl -s localhost:8080/turns/analysis': ok(/"sentiment"[^]*"objection"/),
  'curl -s localhost:8080/events/turns': ok(/"accepted":1/, 202),
  'curl -s localhost:8080/calls/call-1/turns': soon(ok(/"turn":2/)),
  'curl -si localhost:8080/thresholds/loan-demand': ok(/etag: "0"/i),
  'curl -s -X PUT localhost:8080/thresholds/loan-demand': ok(/"version":1/),
  "curl -s 'localhost:8080/changes?kind=threshold'": ok(/"changedBy":"li"/),
  'curl -s localhost:8080/policies/visit-assessment': ok(/"rules":\[/),
  'curl -s localhost:8080/policies/visit-assessment/state': ok(/"inForce":\d/),
  'curl -s localhost:8080/policies/visit-assessment/shadow': ok(/"items":\[/),
  'curl -s localhost:8080/policies/visit-assessment/backtest': ok(/"unchanged":\d/),
  'curl -s localhost:8080/policies/visit-assessment/rollback': ok(/"version":4,/),
  'curl -s -X POST localhost:8080/webhooks/website/preview': ok(/"key":"c-00001".*"problems":\[\]/),
  'curl -s -X PUT localhost:8080/webhook-sources/website': ok(/"version":1/),
  'curl -s localhost:8080/webhooks/website': soon(ok(/"events":1,"mapped":true/, 202)),
  "curl -s 'localhost:8080/webhooks/unmapped?webhook=website&state=pending'": ok(/"items":\[\]/),
  'curl -s localhost:8080/webhooks/unmapped.csv': ok(/mappingVersion/),
  'curl -s -X POST localhost:8080/webhooks/website/replay': ok(/"replayed":0/),
  'curl -s -X PUT localhost:8080/channels/crm': ok(/"version":1/),
  // The channel’s secret is not set.
  'curl -s -X POST localhost:8080/channels/crm/test': ok(/"delivered":false/),
  'curl -s -X PUT localhost:8080/channels/controllers': ok(/"digestAt":"08:00"/),
  "curl -s 'localhost:8080/deliveries?status=dead'": ok(/"items":/),
  'curl -s -X POST localhost:8080/deliveries/redrive': ok(/"redriven":/),
  'curl -s localhost:8080/characteristics': ok(/low-rate/),
  'curl -s -X PUT localhost:8080/policies/visit-assessment': ok(/"version":1/),
  "curl -sN 'localhost:8080/live?topics=scores,priorities'": ok(/event: |^:/m),
  'curl -s localhost:8080/health': ok(/ok|alive|"status"/i),
  'curl -s localhost:8080/ready': ok(/(?:)/),
  'curl -s localhost:8080/status': ok(/"latencyMsMedian"/),
  'curl -s localhost:8080/processors': ok(/"name":"customer-features"/),
  'curl -s -X POST localhost:8080/dead-letters/redrive': ok(/"dryRun":true/),
  "curl -sN 'localhost:8080/topics/visits/tail?last=5&seconds=2'": ok(/"topic":"visits"/),
  'curl -s localhost:8080/gaps': ok(/"items"/),
  'curl -s localhost:8080/metrics': ok(/^scoreline_/m),
  "curl -s 'localhost:8080/dead-letters?code=UNDECODABLE'": soon(ok(/"code":"UNDECODABLE"/)),
  'curl -s localhost:8080/subjects/visits-value/versions/latest': ok(/"schema":/),
  'curl localhost:8080/characteristics': ok(/low-rate/),
  'curl localhost:8080/characteristics/low-rate': ok(/"low-rate"/),
  'curl -X PUT localhost:8080/needs/speed': ok(/"speed"/),
  'curl -X PUT localhost:8080/characteristics/at-once': ok(/"at-once"/),
  "curl -X DELETE 'localhost:8080/characteristics/low-rate?changedBy=li'": ok(/"retired":true/),
  "curl 'localhost:8080/customers/c-00006/recommendations'": ok(/"stage"/),
  'curl -s localhost:8080/script-templates': ok(/"any-product-en"/),
  "curl -s 'localhost:8080/customers/c-00006/script?template=any-product-en&agent=Mary'":
    ok(/This is Mary from your bank/),
  'curl -s localhost:8080/script-templates/preview': ok(/"id":"offer"/),
  'curl -s -X PUT localhost:8080/script-templates/insurance-en': ok(/"version":1/),
  'curl -s localhost:8080/events/agent-states': ok(/"accepted":1/, 202),
  'curl -s localhost:8080/events/routing-requests': ok(/"accepted":1/, 202),
  'curl -s localhost:8080/events/reservation-answers': ok(/"accepted":1/, 202),
  "curl -s 'localhost:8080/routing-decisions?desk=service'": soon(ok(/"requestId":"q-1"/)),
  'curl -s localhost:8080/desks/service': soon(ok(/"desk":"service"/)),
  'curl -s localhost:8080/desks': soon(ok(/"desk":"service"/)),
  'curl -s localhost:8080/routing-plans': ok(/"default"[^]*"EVALUATION"/),
  'curl -s localhost:8080/target-groups/size': ok(/"members":\d+/),
  'curl -s localhost:8080/target-groups/clusters': ok(/"condition":"/),
  'curl -s -X PUT localhost:8080/target-groups/busy-cards': ok(/"version":1/),
  'curl -s localhost:8080/target-groups': ok(/"items"/),
  'curl -s localhost:8080/customers/c-00006/groups': ok(/"groups"/),
  'curl -s localhost:8080/customers/c-00006/script-choices': ok(/"template":"any-product-en"/),
  'curl -s localhost:8080/call-sessions': ok(/"say":\[\{/),
  'curl -s localhost:8080/call-sessions/live-1/turns': ok(/"next":"(?:listen|transfer|end)"/),
  'curl -s localhost:8080/call-sessions/live-1/interruptions': ok(/"step":\d/),
  'curl -s localhost:8080/call-sessions/live-1/silences': ok(/"reasons":/),
  'curl -s -X POST localhost:8080/call-sessions/live-1/end': ok(/(?:)/, 204),
  'curl -s localhost:8080/call-sessions/live-1': ok(/"parts":\[/),
  "curl -s 'localhost:8080/call-sessions?isOver=false'": ok(/"items":\[/),
  "curl -s 'localhost:8080/session-steps?callId=live-1'": soon(ok(/"callId":"live-1"/)),
  'curl -s localhost:8080/session-policies/default': ok(/"silenceMs":\d/),
  'curl -s -X PUT localhost:8080/session-policies/default': ok(/"version":1/),
  'curl -s localhost:8080/script-revisions': ok(/"items"/),
  "curl -s 'localhost:8080/scripts?language=en'": ok(/"language":"en"/),
  'curl -s localhost:8080/scripts/4f1d0c7be2a95d3348c06e1b7fa2d950': ok(/"parts":\[/),
  "curl -s 'localhost:8080/scripts/4f1d0c7be2a95d3348c06e1b7fa2d950/preview?customerId=c-00006'":
    ok(/"id":"recording"/),
  'curl -s localhost:8080/scripts/4f1d0c7be2a95d3348c06e1b7fa2d950/reviews': ok(/"decision":"approved"/),
  "curl -s 'localhost:8080/script-choices?customerId=c-00006'": soon(ok(/"callId":"3b1f2c9a"/)),
  'curl -s localhost:8080/script-choice-policies/default': ok(/"floor":0\.(?:05|1)/),
  'curl -s -X PUT localhost:8080/script-choice-policies/default': ok(/"floor":0\.1/),
  'curl -s localhost:8080/script-quality/groups': ok(/"evidence":200/),
  "curl -s 'localhost:8080/script-retirements?decision=retired'": ok(/"items"/),
  'curl -s localhost:8080/script-retirements': ok(/is not retired/, 409),
  "curl -s 'localhost:8080/script-quality/estimates?days=90'": ok(/"items"/),
  "curl -s 'localhost:8080/script-quality?days=30'": ok(/"answerRate"/),
  "curl -s 'localhost:8080/calls?script=any-product-zh'": ok(/"callId"/),
  "curl -s 'localhost:8080/customers/c-00006/contact-permission?purpose=marketing&jurisdiction=cn'": ok(
    /"rule":"consent","ruleVersion":0,"passed":false/,
  ),
  'curl -s -X PUT localhost:8080/campaigns/spring-loans': ok(/"state":"running"/),
  'curl -s -X PUT localhost:8080/campaigns/autumn-loans': ok(/"pacing":"progressive"/),
  'npm run scoreline -- campaigns import list.csv --campaign autumn-loans --region CN': run(
    /"lines":3,"taken":2,"refused":1,/,
  ),
  "curl -s 'localhost:8080/campaigns/autumn-loans/queue?state=waiting'": soon(ok(/"customerId":"c-00002"/)),
  // At night every customer is refused.
  'curl -s localhost:8080/campaigns/autumn-loans/dispatch': ok(/"attemptId"|"rule":"(?:hours|attempts)"|"items":\[\]/),
  'curl -s -X PUT localhost:8080/campaigns/autumn-loans/attempts/9f0c1e7a': ok(/has not dispatched a call/, 404),
  'curl -s localhost:8080/campaigns/autumn-loans/funnel': ok(/"listed":2,/),
  'curl -s localhost:8080/dispositions': ok(/"no-answer"/),
  'curl -s localhost:8080/contact-decisions': ok(/"permitted":false/),
  "curl -s 'localhost:8080/contact-refusals/summary?campaign=spring-loans'": soon(ok(/"customers":\d/)),
  "curl -s 'localhost:8080/contact-refusals?campaign=spring-loans'": soon(ok(/"ruleVersion"/)),
  'curl -s localhost:8080/events/contact-permissions': ok(/"accepted":1/, 202),
  "curl -s 'localhost:8080/contact-permissions?customerId=c-00007'": soon(ok(/"do-not-call"/)),
  'curl -s localhost:8080/contact-rules': ok(/"jurisdiction":"us"/),
  'curl -s -X PUT localhost:8080/contact-rules/us-fl': ok(/"version":1/),
  'curl -s localhost:8080/products': ok(/"wealth-management"/),
  'curl -s -X PUT localhost:8080/products/insurance': ok(/home insurance/),
  "curl 'localhost:8080/customers/c-00006/recommendations?stage=contract'": ok(
    /"stage":"contract"|"detail"/,
    scored('recommendation'),
  ),
}

/** Returns the expectation of a command; all benchmarks share one. */
export function expectationOf(text: string): Expectation | undefined {
  if (/^npm run bench -- [a-z-]+( --(quick|zipf|json FILE|runs \d+))*$/.test(text)) return benchmark
  return expectations[keyOf(text)]
}

export function keyOf(text: string): string {
  return text.split(/ -[dH] /)[0]!.trim()
}
