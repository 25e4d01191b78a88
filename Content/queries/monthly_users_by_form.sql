-- QuestMobile’s products by group and form, the group with the largest product first.
SELECT name(company) AS company, name(form) AS form, users
FROM mau
ORDER BY max(users) OVER (PARTITION BY company) DESC, users DESC
