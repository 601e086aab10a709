-- Push tokens, in a table of their own: a token belongs to one person, customer or vendor, and that is the last one who registered it.
create table push_token
(
  id            uuid primary key     default new_id(),
  token         text        not null,
  customer_id   uuid references customer,
  vendor_id     uuid references vendor,
  place         int         not null,
  registered_at timestamptz not null default now(),
  lost_at       timestamptz,
  check (num_nonnulls(customer_id, vendor_id) = 1)
);

comment on column push_token.place is 'in the person''s list';
comment on column push_token.lost_at is
  'since then the token is somebody else''s, or its device is gone; the row stays until the person''s list changes';

-- By hash, because a token may be too long for an index.
create unique index push_token_of_one_person on push_token (md5(token)) where lost_at is null;
create unique index push_token_of_customer on push_token (customer_id, md5(token)) where customer_id is not null;
create unique index push_token_of_vendor on push_token (vendor_id, md5(token)) where vendor_id is not null;

insert into push_token (token, customer_id, vendor_id, place, lost_at)
select p.token, p.customer_id, p.vendor_id, p.place,
       case when row_number() over (partition by p.token order by p.id desc) > 1 then now() end
from (
  select distinct on (c.id, t.token) c.id, c.id as customer_id, null::uuid as vendor_id, t.token, t.place
  from customer c
  cross join lateral unnest(c.push_tokens) with ordinality t (token, place)
  union all
  select distinct on (v.id, t.token) v.id, null, v.id, t.token, t.place
  from vendor v
  cross join lateral unnest(v.push_tokens) with ordinality t (token, place)) p;

alter table customer
  drop constraint customer_erased,
  drop column push_tokens,
  add constraint customer_erased check (
    erased_at is null
      or (name = '' and email is null and phone is null and locale = 'und' and zone = 'UTC' and preferred_time is null));

alter table vendor drop column push_tokens;
