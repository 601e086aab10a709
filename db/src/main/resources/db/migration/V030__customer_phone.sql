-- Whoever writes a text message is known by the number it came from.
create index customer_by_phone on customer (phone) where phone is not null;
