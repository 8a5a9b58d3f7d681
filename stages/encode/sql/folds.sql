select distinct fold from encoded_clients where fold is not null order by fold
