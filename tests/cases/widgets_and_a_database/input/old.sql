-- MySQL dump 10.13  Distrib 8.0
--
CREATE TABLE `wp_posts` (`ID` bigint);
