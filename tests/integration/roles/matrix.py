"""What each role may do, and nothing else. A new role, or a wider one, fails until it is listed here.

Each line names an action (its service by the kind of thing) and what it may be done with, in the words of policies.py.
That every function may write to its own log, and to no other, stands in no line.
"""

from collections.abc import Mapping

FILES = "audio full_text segments text_summary analysis"
NOTES = "NOTE MESSAGE REPLY CONVERSATIONS ANSWERS USAGE"
EVERY_PREFIX = "customers.json _index/ acme-heating/"
"""Names of objects hold no words of a note but its tag; reading them is another action."""
WEBHOOKS = "WEBHOOKS WEBHOOKSECRETS DELIVERIES"
CALLS = "CALL CALLS ASKEDCALLS PHONEPINS"
ANALYSES = "ANALYSES ANALYSED ANALYSEDNOTES"
INDEXES = "notes-by-time notes-by-intent notes-by-sender notes-by-change notes-by-open"

MAY: Mapping[str, Mapping[str, str]] = {
    "webhook-handler": {
        "sqs:SendMessage": "notes",
        "secretsmanager:GetSecretValue": "twilio",
        "lambda:InvokeFunction": "customer-lookup-server",
    },
    "reply-status": {
        "dynamodb:GetItem": "MESSAGE REPLY",
        "dynamodb:PutItem": "REPLY",
        "dynamodb:UpdateItem": "MESSAGE",
        "sqs:SendMessage": "notes",
        "secretsmanager:GetSecretValue": "twilio",
    },
    "call-webhook": {
        "dynamodb:GetItem": "CALL PHONEPINS",
        "dynamodb:PutItem": "CALL ASKEDCALLS CALLS",
        "dynamodb:UpdateItem": "CALL PHONEPINS",
        "dynamodb:Query": "CALL WATCHERS",
        "sqs:SendMessage": "notes calls",
        "secretsmanager:GetSecretValue": "twilio",
        "lambda:InvokeFunction": "customer-lookup-server",
    },
    "webhook-sender": {
        "dynamodb:GetItem": WEBHOOKS,
        "dynamodb:PutItem": "DELIVERIES",
        "dynamodb:UpdateItem": "WEBHOOKS DELIVERIES",
        "dynamodb:Query": "WEBHOOKS DELIVERIES",
        "sqs:ReceiveMessage": "webhooks",
        "sqs:DeleteMessage": "webhooks",
        "sqs:ChangeMessageVisibility": "webhooks",
        "sqs:GetQueueAttributes": "webhooks",
        "sqs:SendMessage": "webhooks",
    },
    "customer-lookup-server": {
        "s3:GetObject": "customers.json",
        "s3:GetObjectVersion": "customers.json",
        "s3:ListBucket": "customers.json",
        "s3:ListBucketVersions": "customers.json",
        "dynamodb:UpdateItem": "STRANGER",
    },
    "voice-parser": {
        "s3:GetObject": f"_index _receipts _upload _clips _rules {FILES}",
        "s3:PutObject": f"_receipts _upload _clips {FILES}",
        "s3:DeleteObject": f"_receipts _upload _clips {FILES}",
        "s3:ListBucket": EVERY_PREFIX,
        "dynamodb:GetItem": f"{NOTES} SOURCES SENDERS GLOSSARY TASKS ANALYSES ANALYSED CALL CALLS",
        "dynamodb:PutItem": f"{NOTES} SOURCES SENDERS GLOSSARY TASKS ANALYSED ASKEDCALLS",
        "dynamodb:UpdateItem": f"{NOTES} SOURCES SENDERS PACE GLOSSARY TASKS {ANALYSES} CALL CALLS PHONEPINS",
        "dynamodb:Query": f"{NOTES} SOURCES SENDERS WATCHERS WEBHOOKS TASKS ANALYSED CALL CALLS notes-by-sender",
        "dynamodb:BatchWriteItem": "ANALYSED",
        "dynamodb:DeleteItem": "TASKS SENDERS",
        "sqs:ReceiveMessage": "notes",
        "sqs:DeleteMessage": "notes",
        "sqs:ChangeMessageVisibility": "notes",
        "sqs:GetQueueAttributes": "notes",
        "sqs:SendMessage": "notes notes-dead-letter index webhooks",
        "secretsmanager:GetSecretValue": "twilio openai",
        "lambda:InvokeFunction": "customer-lookup-server eraser realtime",
    },
    "segment-indexer": {
        "s3:GetObject": "_index segments full_text",
        "s3:PutObject": "_index",
        "s3:ListBucket": EVERY_PREFIX,
        "dynamodb:GetItem": "NOTE",
        "dynamodb:UpdateItem": "NOTE USAGE",
        "dynamodb:Query": "WATCHERS",
        "lambda:InvokeFunction": "realtime",
        "sqs:ReceiveMessage": "index",
        "sqs:DeleteMessage": "index",
        "sqs:ChangeMessageVisibility": "index",
        "sqs:GetQueueAttributes": "index",
        "sqs:SendMessage": "index-dead-letter",
        "secretsmanager:GetSecretValue": "openai",
    },
    "live-call": {
        "s3:GetObject": "_rules _index segments full_text",
        "s3:ListBucket": EVERY_PREFIX,
        "dynamodb:GetItem": "CALL MESSAGE NOTE USAGE",
        "dynamodb:PutItem": "CALL CALLS USAGE",
        "dynamodb:UpdateItem": "CALL CALLS USAGE",
        "dynamodb:Query": "WATCHERS",
        "sqs:ReceiveMessage": "calls",
        "sqs:DeleteMessage": "calls",
        "sqs:ChangeMessageVisibility": "calls",
        "sqs:GetQueueAttributes": "calls",
        "sqs:SendMessage": "notes calls-dead-letter",
        "secretsmanager:GetSecretValue": "openai",
        "lambda:InvokeFunction": "customer-lookup-server realtime",
    },
    "sweep": {
        "dynamodb:GetItem": "MESSAGE SWEEP",
        "dynamodb:PutItem": "MESSAGE",
        "dynamodb:UpdateItem": "MESSAGE SWEEP SENDERS",
        "dynamodb:Query": "waiting-by-due",
        "sqs:SendMessage": "notes",
        "secretsmanager:GetSecretValue": "twilio",
        "lambda:InvokeFunction": "customer-lookup-server",
    },
    "eraser": {
        "s3:ListBucket": EVERY_PREFIX,
        "s3:ListBucketVersions": EVERY_PREFIX,
        "s3:GetObject": f"_receipts _upload {FILES}",
        "s3:PutObject": "_exports",
        "s3:AbortMultipartUpload": "_exports _upload",
        "s3:DeleteObject": f"_index _receipts _clips _exports _rules {FILES} _upload",
        "s3:DeleteObjectVersion": f"_index _receipts _clips _exports _rules {FILES} _upload",
        "dynamodb:GetItem": "NOTE MESSAGE REPLY SWEEP TWILIO PERSONS "
        "EXPORTS COMPANY REQUESTS OFFBOARDING GLOSSARY FEEDS UPLOADS ANALYSES ANALYSED CALL",
        "dynamodb:PutItem": "MESSAGE TWILIO PERSONS EXPORTS COMPANY",
        "dynamodb:UpdateItem": "MESSAGE PERSONS EXPORTS COMPANY ANALYSES ANALYSED",
        "dynamodb:DeleteItem": "NOTE MESSAGE REPLY REQUESTS OFFBOARDING FEED FEEDS UPLOADS ANALYSEDNOTES",
        "dynamodb:Query": "NOTE MESSAGE REPLY ANSWERS APIKEYS CONVERSATIONS SOURCES USAGE PACE SENDERS PERSONS "
        f"EXPORTS REQUESTS OFFBOARDING GLOSSARY notes-by-time notes-by-sender {WEBHOOKS} WATCHERS TASKS UPLOADS "
        f"{ANALYSES} TEMPLATES RULES {CALLS}",
        "dynamodb:BatchWriteItem": "MESSAGE ANSWERS CONVERSATIONS SOURCES USAGE "
        f"PACE SENDERS PERSONS EXPORTS GLOSSARY {WEBHOOKS} TASKS {ANALYSES} TEMPLATES RULES {CALLS}",
        "sqs:SendMessage": "index webhooks",
        "sqs:ReceiveMessage": "notes-dead-letter calls-dead-letter",
        "sqs:DeleteMessage": "notes-dead-letter calls-dead-letter",
        "sqs:ChangeMessageVisibility": "notes-dead-letter calls-dead-letter",
        "secretsmanager:GetSecretValue": "twilio",
        "lambda:InvokeFunction": "customer-lookup-server realtime",
    },
    "data-api-authorizer": {"dynamodb:GetItem": "APIKEY", "dynamodb:UpdateItem": "APIKEY APIKEYS"},
    "data-api-server": {
        "s3:GetObject": f"_index _clips _exports _rules {FILES}",
        "s3:PutObject": "segments full_text text_summary analysis _upload _rules",
        "s3:AbortMultipartUpload": "_upload",
        "s3:ListMultipartUploadParts": "_upload",
        "s3:ListBucket": EVERY_PREFIX,
        "dynamodb:GetItem": f"{NOTES} PERSONS EXPORTS REQUESTS GLOSSARY APIKEYS "
        "WEBHOOKS DELIVERIES TASKS FEED FEEDS UPLOADS TEMPLATES RULES ANALYSES ANALYSED CALL CALLS",
        "dynamodb:Query": f"{NOTES} PERSONS EXPORTS GLOSSARY APIKEYS "
        f"WATCHERS WEBHOOKS DELIVERIES TASKS UPLOADS TEMPLATES RULES ANALYSES ANALYSED CALL CALLS {INDEXES}",
        "dynamodb:PutItem": "TICKET CONVERSATIONS ANSWERS USAGE PERSONS EXPORTS REQUESTS GLOSSARY "
        f"APIKEY APIKEYS {WEBHOOKS} TASKS FEED FEEDS UPLOADS NOTE TEMPLATES RULES ANALYSES ANALYSED",
        "dynamodb:UpdateItem": f"NOTE USAGE PACE GLOSSARY {WEBHOOKS} TASKS FEED FEEDS UPLOADS TEMPLATES RULES",
        "dynamodb:DeleteItem": "APIKEY APIKEYS WEBHOOKS WEBHOOKSECRETS TASKS FEED FEEDS UPLOADS "
        "TEMPLATES RULES ANALYSES ANALYSED",
        "dynamodb:BatchWriteItem": "ANALYSED ANALYSEDNOTES",
        "sqs:SendMessage": "index notes webhooks",
        "secretsmanager:GetSecretValue": "openai",
        "lambda:InvokeFunction": "customer-lookup-server eraser realtime",
    },
    "realtime": {
        "s3:GetObject": f"_index _clips {FILES}",
        "s3:ListBucket": EVERY_PREFIX,
        "dynamodb:GetItem": "NOTE TASKS CONVERSATIONS ANSWERS USAGE TICKET CONNECTION APIKEYS",
        "dynamodb:PutItem": "CONNECTION WATCHERS CONVERSATIONS ANSWERS USAGE",
        "dynamodb:UpdateItem": "TICKET USAGE PACE",
        "dynamodb:DeleteItem": "CONNECTION WATCHERS",
        "dynamodb:Query": "WATCHERS",
        "secretsmanager:GetSecretValue": "openai",
        "lambda:InvokeFunction": "customer-lookup-server realtime",
        "execute-api:ManageConnections": "realtime",
    },
}

FOR_LAMBDA = "Lambda itself, which takes messages from queues and writes logs in the function's name"
UNSEEN = "the trail names the call otherwise, or not at all"
RARE = "after a failure that this walk does not meet; its own tests do"

NOT_SEEN: Mapping[tuple[str, str], str] = {
    ("*", "logs:CreateLogStream"): FOR_LAMBDA,
    ("*", "logs:PutLogEvents"): FOR_LAMBDA,
    ("*", "xray:PutTraceSegments"): FOR_LAMBDA,
    ("*", "xray:PutTelemetryRecords"): FOR_LAMBDA,
    ("*", "sqs:ReceiveMessage"): FOR_LAMBDA,
    ("*", "sqs:DeleteMessage"): FOR_LAMBDA,
    ("*", "sqs:GetQueueAttributes"): FOR_LAMBDA,
    ("*", "s3:ListBucket"): "so that S3 says 404 and not 403 of what is not there",
    ("*", "execute-api:ManageConnections"): UNSEEN,
    ("eraser", "s3:DeleteObject"): UNSEEN,
    ("eraser", "s3:DeleteObjectVersion"): UNSEEN,
    ("eraser", "dynamodb:Query"): "of a company whose notes expire; the sample companies keep theirs",
    ("eraser", "s3:AbortMultipartUpload"): RARE,
    ("eraser", "sqs:ChangeMessageVisibility"): RARE,
    ("customer-lookup-server", "s3:GetObjectVersion"): RARE,
    ("customer-lookup-server", "s3:ListBucketVersions"): RARE,
    ("reply-status", "sqs:SendMessage"): RARE,
    ("sweep", "dynamodb:UpdateItem"): "a waiting note that was due; nothing waits for that long in this walk",
    ("segment-indexer", "sqs:ChangeMessageVisibility"): RARE,
    ("live-call", "sqs:ChangeMessageVisibility"): RARE,
    ("live-call", "secretsmanager:GetSecretValue"): "a language model that scores moods; here the small model does",
    ("voice-parser", "lambda:InvokeFunction"): "a quoted reply that says: forget that",
    ("voice-parser", "sqs:SendMessage"): "a copy of a note that waits for its turn",
}
"""What is granted and not seen in the trail although everything was done once, and who uses it; "*" is any role."""
