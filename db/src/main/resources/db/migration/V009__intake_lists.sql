-- How purchases are found by what they were asked to be, also before their own row exists, and which run carries them.
create index intake_purchase_of_student on intake (((body ->> 'studentId')::uuid), business_id) where kind = 'purchase';
create index intake_purchase_by_payment on intake ((body ->> 'providerPaymentId'), business_id) where kind = 'purchase';

create or replace view purchase_request as
select i.business_id                           as purchase_id,
       i.body ->> 'provider'                   as provider,
       i.body ->> 'providerPaymentId'          as provider_payment_id,
       (i.body ->> 'studentId')::uuid          as student_id,
       (i.body ->> 'courseId')::uuid           as course_id,
       (i.body ->> 'amountMinor')::bigint      as amount_minor,
       (i.body ->> 'currency')::char(3)        as currency,
       (i.body ->> 'preferredTime')::time      as preferred_time,
       i.body ->> 'zone'                       as zone,
       i.client,
       i.correlation_id,
       i.received_at,
       i.claim_id,
       i.done_at
from intake i
where i.kind = 'purchase';
